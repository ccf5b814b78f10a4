// The messages on the wire, as docs/protocol/pad.md lists them.

/** A change in the JSON of CodeMirror. */
export type ChangeJson = unknown;

/** Updates of one page in sequence. */
export interface Push {
  v: number;
  c: string;
  n: number;
  u: ChangeJson[];
}

export interface DocumentData {
  title: string;
  isOpen: boolean;
  canWrite: boolean;
  version: number;
  hash: number;
  text?: string;
  pushes?: Push[];
}

export interface CursorData {
  c: string;
  user: string;
  name: string;
  v: number;
  a: number;
  h: number;
}

export interface HistoryPush {
  push: Push;
  user: string;
  name: string;
  time: number;
}

export interface HistoryPart {
  version: number;
  text?: string;
  pushes: HistoryPush[];
  more: boolean;
}

export interface ListedDocument {
  title: string;
  length: number;
  changed: number;
  people: number;
  names: string[];
}
