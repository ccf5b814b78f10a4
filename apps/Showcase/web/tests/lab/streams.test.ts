import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { StreamWall } from '../../src/lab/streams/streamWall';
import type { LineApi } from '../../src/line/lineApi';

/** A stream or a WebSocket that the test opens and closes. */
class FakeConnection extends EventTarget {
  static readonly OPEN = 1;
  readonly readyState = FakeConnection.OPEN;
  readonly sent: string[] = [];
  isClosed = false;

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.isClosed = true;
    this.dispatchEvent(new Event('close'));
  }
}

describe('The seventh tab', () => {
  let streams: FakeConnection[];
  let sockets: FakeConnection[];
  let request: ReturnType<typeof vi.fn>;
  let closed: string[];
  let wall: StreamWall;

  beforeEach(() => {
    vi.useFakeTimers();
    [streams, sockets, closed] = [[], [], []];
    const into = (made: FakeConnection[]) => class extends FakeConnection {
      constructor() {
        super();
        made.push(this);
      }
    };
    request = vi.fn(() => new Promise(() => undefined));
    vi.stubGlobal('EventSource', into(streams));
    vi.stubGlobal('WebSocket', into(sockets));
    vi.stubGlobal('fetch', request);
    const lines: LineApi = {
      open: () => Promise.resolve({ id: 'line', port: 40_000 }),
      change: () => Promise.resolve(undefined),
      counts: () => Promise.resolve(undefined),
      close: (id) => closed.push(id),
    };
    wall = new StreamWall(lines, () => undefined);
  });

  afterEach(() => {
    wall.close();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  test('sends its request when the streams hold all connections', async () => {
    await wall.open('localhost', 7);
    for (const stream of streams.slice(0, 5)) stream.dispatchEvent(new Event('open'));
    expect(request).not.toHaveBeenCalled();
    streams[5]?.dispatchEvent(new Event('open'));
    expect(request).toHaveBeenCalledOnce();
    expect([wall.connected, wall.streams.length, wall.hasAsked]).toEqual([6, 7, true]);
  });

  test('reports a lost connection, and none when the visitor closes it', async () => {
    await wall.open('localhost', 1);
    wall.close();
    expect([wall.problem, closed, streams[0]?.isClosed]).toEqual(['', ['line'], true]);
    await wall.open('localhost', 1);
    sockets[1]?.dispatchEvent(new Event('close'));
    expect(wall.problem).toContain('is lost');
  });

  test('is not closed while it is being opened', async () => {
    const opening = wall.open('localhost', 2);
    wall.close();
    await opening;
    expect([wall.isOpen, wall.streams.length, closed]).toEqual([true, 2, []]);
  });
});
