import { beforeEach, describe, expect, test, vi } from 'vitest';
import { contentOf, partsOf, unmasking } from '../../src/lab/wire/parts';
import { bytesOf, type ReadWire, type WireDirection, type WireFrame, type WireReport } from '../../src/lab/wire/wireReport';
import { type SeenFrame, WireSession } from '../../src/lab/wire/wireSession';
import { type LineApi, LineRefusal } from '../../src/line/lineApi';

// RFC 6455 section 5.7: a masked text message that contains "Hello".
const masked = Uint8Array.of(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58);

function frameOf(properties: Partial<WireFrame> = {}): WireFrame {
  return {
    at: 0, headerLength: 6, isFinal: true, isCompressed: false, opcode: 'Text', lengthBits: 7, payloadLength: 5,
    maskingKey: '37fa213d', payload: btoa('Hello'), isWhole: true, closeCode: null, closeReason: null, ...properties,
  };
}

function seen(frame: WireFrame, bytes: Uint8Array): SeenFrame {
  return { isUp: true, frame, bytes, payload: bytesOf(frame.payload) };
}

describe('The parts of a frame', () => {
  test('are the fields of section 5.2 with their bits and bytes', () => {
    const parts = partsOf(seen(frameOf(), masked));
    expect(parts.map(({ name, raw }) => [name, raw])).toEqual([
      ['FIN', '1'], ['RSV1', '0'], ['RSV2, RSV3', '00'], ['Opcode', '0001'], ['MASK', '1'], ['Length', '0000101'],
      ['Masking key', '37 fa 21 3d'], ['Payload', '7f 9f 4d 51 58'],
    ]);
    expect(parts.at(-1)).toMatchObject({ at: 6, length: 5, value: '5 bytes' });
  });

  test('include the length of 16 bits', () => {
    const bytes = Uint8Array.of(0x81, 0x7e, 0x01, 0x00, ...new Uint8Array(256));
    const payload = btoa('\0'.repeat(256));
    const frame = frameOf({ maskingKey: null, lengthBits: 16, payloadLength: 256, headerLength: 4, payload });
    const parts = partsOf(seen(frame, bytes));
    expect(parts.find(({ name }) => name === 'Length')).toMatchObject({ value: '126', raw: '1111110' });
    expect(parts.find(({ name }) => name === 'Extended length')).toMatchObject({ at: 2, length: 2, value: '256 bytes', raw: '01 00' });
  });

  test('mark compression, fragments and a payload that is incomplete', () => {
    const parts = partsOf(seen(frameOf({ isCompressed: true, isFinal: false, isWhole: false }), masked));
    expect(parts.map(({ value }) => value)).toEqual(expect.arrayContaining(['no', 'yes', '5 bytes, incomplete']));
    expect(contentOf(seen(frameOf({ isCompressed: true }), masked))).toBe('48 65 6c 6c 6f');
    expect(contentOf(seen(frameOf({ opcode: 'Close', closeCode: 1000, closeReason: 'bye' }), masked))).toBe('1000 bye');
  });

  test('are unmasked byte by byte', () => {
    const steps = unmasking(seen(frameOf(), masked), 32);
    expect(steps).toHaveLength(5);
    for (const { masked: byte, key, plain } of steps) expect(byte ^ key).toBe(plain);
    expect(unmasking(seen(frameOf({ maskingKey: null }), masked), 32)).toEqual([]);
  });
});

/** A WebSocket that the test opens and closes. */
class FakeSocket extends EventTarget {
  readonly sent: string[] = [];
  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.dispatchEvent(new Event('close'));
  }
}

function direction(properties: Partial<WireDirection> = {}): WireDirection {
  return { at: 0, bytes: '', next: 0, isOverwritten: false, fault: null, frames: [], ...properties };
}

function reportOf(up: WireDirection, down = direction()): WireReport {
  return { connection: 1, request: null, response: null, accept: null, up, down };
}

describe('A session on the wire', () => {
  let socket: FakeSocket;
  let read: ReturnType<typeof vi.fn<ReadWire>>;
  let session: WireSession;
  const closed: string[] = [];
  const lines: LineApi = {
    open: () => Promise.resolve({ id: 'line', port: 40_000 }),
    change: () => Promise.resolve(undefined),
    counts: () => Promise.resolve(undefined),
    close: (id) => closed.push(id),
  };
  const bytes = btoa(String.fromCharCode(...masked));
  const withFrame = direction({ at: 10, bytes, next: 21, frames: [frameOf({ at: 10 })] });

  beforeEach(() => {
    closed.length = 0;
    socket = new FakeSocket();
    read = vi.fn<ReadWire>().mockResolvedValue(reportOf(direction()));
    session = new WireSession(lines, read, () => undefined, () => socket as unknown as WebSocket);
  });

  test('reads on from the last whole frame, and reads an incomplete one again', async () => {
    await session.open('localhost', '/lab/echo');
    const incomplete = direction({ ...withFrame, next: 10, frames: [frameOf({ at: 10, isWhole: false })] });
    read.mockResolvedValueOnce(reportOf(incomplete));
    socket.dispatchEvent(new Event('open'));
    await vi.waitFor(() => expect(session.frames).toHaveLength(1));
    read.mockResolvedValueOnce(reportOf(withFrame));
    socket.dispatchEvent(new Event('message'));
    await vi.waitFor(() => expect(session.frames[0]?.frame.isWhole).toBe(true));
    expect(session.frames).toHaveLength(1);
    expect(session.frames[0]?.bytes).toEqual(masked);
    read.mockClear();
    socket.dispatchEvent(new Event('message'));
    await vi.waitFor(() => expect(read).toHaveBeenCalledWith('line', 21, 0));
  });

  test('reads once more when it closes, and closes the line', async () => {
    await session.open('localhost', '/lab/echo');
    socket.dispatchEvent(new Event('open'));
    await vi.waitFor(() => expect(session.state).toBe('open'));
    read.mockResolvedValueOnce(reportOf(withFrame));
    session.close();
    await vi.waitFor(() => expect(session.state).toBe('closed'));
    expect(session.frames).toHaveLength(1);
    expect(closed).toEqual(['line']);
  });

  test('reports a refusal and overwritten bytes', async () => {
    await session.open('localhost', '/lab/echo');
    read.mockResolvedValueOnce(reportOf(direction({ isOverwritten: true })));
    socket.dispatchEvent(new Event('open'));
    await vi.waitFor(() => expect(session.problem).toContain('overwritten'));
    const full = { ...lines, open: () => Promise.reject(new LineRefusal('You have 16 lines.')) };
    const refused = new WireSession(full, read, () => undefined);
    await refused.open('localhost', '/lab/echo');
    expect([refused.state, refused.problem]).toEqual(['closed', 'You have 16 lines.']);
  });
});
