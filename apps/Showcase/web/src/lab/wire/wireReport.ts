import { LineRefusal } from '../../line/lineApi';

/** A line of a head; the start line has no name. */
export interface WireLine {
  readonly at: number;
  readonly length: number;
  readonly name: string;
  readonly value: string;
}

export interface WireHead {
  readonly bytes: string;
  readonly lines: readonly WireLine[];
}

export interface WireAccept {
  readonly key: string;
  readonly joined: string;
  readonly sha1: string;
  readonly computed: string;
  readonly received: string | null;
}

/** A frame as the server has read it; the payload is unmasked and in base64. */
export interface WireFrame {
  readonly at: number;
  readonly headerLength: number;
  readonly isFinal: boolean;
  readonly isCompressed: boolean;
  readonly opcode: string;
  readonly lengthBits: number;
  readonly payloadLength: number;
  readonly maskingKey: string | null;
  readonly payload: string;
  readonly isWhole: boolean;
  readonly closeCode: number | null;
  readonly closeReason: string | null;
}

export interface WireDirection {
  readonly at: number;
  readonly bytes: string;
  readonly next: number;
  readonly isOverwritten: boolean;
  readonly fault: string | null;
  readonly frames: readonly WireFrame[];
}

/** What the bytes of a line's newest connection are, which docs/protocol/line.md describes. */
export interface WireReport {
  readonly connection: number;
  readonly request: WireHead | null;
  readonly response: WireHead | null;
  readonly accept: WireAccept | null;
  readonly up: WireDirection;
  readonly down: WireDirection;
}

/** Reads the wire of a line from two positions on. It throws when the server does not answer. */
export type ReadWire = (line: string, up: number, down: number) => Promise<WireReport>;

export const readWire: ReadWire = async (line, up, down) => {
  const response = await fetch(`/lines/${line}/wire?up=${up}&down=${down}`);
  const body = (await response.json()) as WireReport & { message?: string };
  if (!response.ok) throw new LineRefusal(body.message ?? `The server answered with ${response.status}.`);
  return body;
};

/** Decodes base64. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Returns bytes as pairs of hexadecimal digits, separated by spaces. */
export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
