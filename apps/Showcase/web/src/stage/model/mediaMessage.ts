/** The kinds of media messages. */
export const kinds = { videoConfig: 1, keyPicture: 2, deltaPicture: 3, soundConfig: 4, sound: 5 } as const;

const headerBytes = 13;

/** A message of a stage's media; docs/protocol/stage.md has its layout. */
export interface MediaMessage {
  readonly kind: number;
  readonly sequence: number;
  /** The time of the capture on the server's clock, in Unix microseconds. */
  readonly timestamp: number;
  readonly payload: Uint8Array;
}

export function encodeMedia({ kind, sequence, timestamp, payload }: MediaMessage): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, kind);
  view.setUint32(1, sequence);
  view.setBigInt64(5, BigInt(Math.round(timestamp)));
  bytes.set(payload, headerBytes);
  return bytes;
}

/** Returns the message, or undefined for bytes that are none. */
export function decodeMedia(buffer: ArrayBuffer): MediaMessage | undefined {
  if (buffer.byteLength <= headerBytes) return undefined;
  const view = new DataView(buffer);
  const kind = view.getUint8(0);
  if (kind < kinds.videoConfig || kind > kinds.sound) return undefined;
  return {
    kind,
    sequence: view.getUint32(1),
    timestamp: Number(view.getBigInt64(5)),
    payload: new Uint8Array(buffer, headerBytes),
  };
}

export function videoConfig(width: number, height: number): Uint8Array {
  const payload = new Uint8Array(4);
  const view = new DataView(payload.buffer);
  view.setUint16(0, width);
  view.setUint16(2, height);
  return payload;
}

export function soundConfig(sampleRate: number, channels: number): Uint8Array {
  const payload = new Uint8Array(5);
  const view = new DataView(payload.buffer);
  view.setUint32(0, sampleRate);
  view.setUint8(4, channels);
  return payload;
}

export function readVideoConfig(payload: Uint8Array): { width: number; height: number } {
  const view = viewOf(payload);
  return { width: view.getUint16(0), height: view.getUint16(2) };
}

export function readSoundConfig(payload: Uint8Array): { sampleRate: number; channels: number } {
  const view = viewOf(payload);
  return { sampleRate: view.getUint32(0), channels: view.getUint8(4) };
}

/** Joins packets of sound, each after its length. */
export function joinPackets(packets: readonly Uint8Array[]): Uint8Array {
  const payload = new Uint8Array(packets.reduce((sum, packet) => sum + 2 + packet.length, 0));
  const view = new DataView(payload.buffer);
  let at = 0;
  for (const packet of packets) {
    view.setUint16(at, packet.length);
    payload.set(packet, at + 2);
    at += 2 + packet.length;
  }
  return payload;
}

/** Returns the packets of a message of sound; those before the first that is cut. */
export function splitPackets(payload: Uint8Array): Uint8Array[] {
  const packets: Uint8Array[] = [];
  const view = viewOf(payload);
  for (let at = 0; at + 2 <= payload.length;) {
    const length = view.getUint16(at);
    if (length === 0 || at + 2 + length > payload.length) break;
    packets.push(payload.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return packets;
}

function viewOf({ buffer, byteOffset, byteLength }: Uint8Array): DataView {
  return new DataView(buffer, byteOffset, byteLength);
}
