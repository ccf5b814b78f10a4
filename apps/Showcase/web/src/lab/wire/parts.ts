import { type SeenFrame } from './wireSession';
import { hexOf } from './wireReport';

/** A part of a head or of a frame, and the bytes that hold it. */
export interface Part {
  readonly name: string;
  readonly at: number;
  readonly length: number;
  /** The bits or bytes as they passed. */
  readonly raw: string;
  readonly value: string;
  readonly meaning: string;
}

const maxShownBytes = 16;
const opcodes: Readonly<Record<string, string>> = {
  Continuation: 'a further fragment of the message',
  Text: 'a message of text in UTF-8',
  Binary: 'a message of bytes',
  Close: 'the closing handshake',
  Ping: 'asks for a pong with the same payload',
  Pong: 'the answer to a ping',
};

/** Divides a frame into the fields of RFC 6455 section 5.2. */
export function partsOf({ frame, bytes }: SeenFrame): readonly Part[] {
  const bits = [...bytes.subarray(0, 2)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const bit = (name: string, from: number, to: number, value: string, meaning: string): Part =>
    ({ name, at: from < 8 ? 0 : 1, length: 1, raw: bits.slice(from, to), value, meaning });
  const field = (name: string, at: number, length: number, value: string, meaning: string): Part =>
    ({ name, at, length, raw: shown(bytes.subarray(at, at + length)), value, meaning });
  const { isFinal, isCompressed, opcode, lengthBits, maskingKey, headerLength, payloadLength } = frame;
  const extendedBytes = lengthBits === 7 ? 0 : lengthBits / 8;
  const parts = [
    bit('FIN', 0, 1, isFinal ? 'yes' : 'no', isFinal ? 'The last frame of its message.' : 'Further fragments follow.'),
    bit('RSV1', 1, 2, isCompressed ? 'yes' : 'no', isCompressed ? 'The message is compressed (RFC 7692).' : 'The message is not compressed.'),
    bit('RSV2, RSV3', 2, 4, 'no', 'Reserved: the reader refuses frames that set them.'),
    bit('Opcode', 4, 8, opcode, `The kind of the frame: ${opcodes[opcode] ?? 'unknown'}.`),
    bit('MASK', 8, 9, maskingKey ? 'yes' : 'no', maskingKey ? 'Frames of a client are masked.' : 'Frames of a server are not masked.'),
    bit('Length', 9, 16, extendedBytes === 0 ? bytesInWords(payloadLength) : `${(bytes[1] ?? 0) & 0x7f}`, extendedBytes === 0
      ? 'Up to 125 bytes need 7 bits.'
      : `The length is in the next ${lengthBits} bits.`),
  ];
  if (extendedBytes > 0) parts.push(field('Extended length', 2, extendedBytes, bytesInWords(payloadLength), 'The most significant byte is first.'));
  if (maskingKey) parts.push(field('Masking key', headerLength - 4, 4, maskingKey, 'Random for each frame: a proxy cannot take chosen bytes for HTTP.'));
  parts.push(field('Payload', headerLength, bytes.length - headerLength, payloadInWords(frame), payloadMeaning(frame)));
  return parts;
}

function payloadInWords({ payloadLength, isWhole }: SeenFrame['frame']): string {
  return isWhole ? bytesInWords(payloadLength) : `${bytesInWords(payloadLength)}, incomplete`;
}

function payloadMeaning({ maskingKey, isCompressed, closeCode, closeReason }: SeenFrame['frame']): string {
  if (closeCode !== null) return `The close code ${closeCode} and the reason “${closeReason ?? ''}”.`;
  if (isCompressed) return 'Bytes of DEFLATE (RFC 1951).';
  return maskingKey ? 'Each byte is combined by XOR with a byte of the key; see below.' : 'As it was sent.';
}

function bytesInWords(count: number): string {
  return count === 1 ? '1 byte' : `${count.toLocaleString('en')} bytes`;
}

function shown(bytes: Uint8Array): string {
  return bytes.length <= maxShownBytes ? hexOf(bytes) : `${hexOf(bytes.subarray(0, maxShownBytes))} …`;
}

/** Describes the content of a frame in one line. */
export function contentOf({ frame, payload }: SeenFrame): string {
  if (frame.closeCode !== null) return `${frame.closeCode} ${frame.closeReason ?? ''}`;
  if (frame.isCompressed || frame.opcode !== 'Text') return shown(payload);
  return new TextDecoder().decode(payload);
}

/** A step of removing the mask from one byte. */
export interface Unmasked {
  readonly index: number;
  readonly masked: number;
  readonly key: number;
  readonly plain: number;
}

/** Returns the steps that remove the mask from the first bytes of a payload. RFC 6455 section 5.3. */
export function unmasking({ frame, bytes, payload }: SeenFrame, count: number): readonly Unmasked[] {
  if (!frame.maskingKey) return [];
  const { headerLength } = frame;
  return Array.from(payload.subarray(0, count), (plain, index) => ({
    index,
    masked: bytes[headerLength + index] ?? 0,
    key: bytes[headerLength - 4 + (index % 4)] ?? 0,
    plain,
  }));
}
