import { collab, getSyncedVersion, receiveUpdates, sendableUpdates } from '@codemirror/collab';
import { ChangeSet, Text, type EditorState, type Extension, type Transaction } from '@codemirror/state';
import { difference } from '../../editor/difference';
import { hashOf } from './hash';
import type { ChangeJson, Push } from './messages';

/** The part of an editor that a session uses; an `EditorView` is one. */
export interface Editor {
  readonly state: EditorState;
  dispatch(transactions: readonly Transaction[]): void;
}

/** What of a session outlives its page. */
export interface KeptSession {
  page: string;
  number: number;
  version: number;
  base: string;
  updates: ChangeJson[];
}

/** A push without its document. */
export interface Outgoing {
  version: number;
  n: number;
  updates: ChangeJson[];
}

export const maxUpdates = 100;
const maxPushCharacters = 30_000;

/** Returns the extension of an editor whose document is at a version. */
export function sessionExtension(page: string, version: number): Extension {
  return collab({ clientID: page, startVersion: version });
}

/** The document of an editor and its place in the order of the server. */
export class Session {
  readonly page: string;
  readonly #editor: Editor;
  #base: Text;
  #number: number;
  #received: (page: string, changes: ChangeSet) => void = () => undefined;

  /** Creates a session. The editor's document is the base, with what was kept applied as its own changes. */
  constructor(editor: Editor, page: string, base: Text, number = 0) {
    this.#editor = editor;
    this.page = page;
    this.#base = base;
    this.#number = number;
  }

  /** The version up to which the document is that of the server. */
  get version(): number {
    return getSyncedVersion(this.#editor.state);
  }

  /** The number of the page's own changes that the server has not confirmed. */
  get unsent(): number {
    return sendableUpdates(this.#editor.state).length;
  }

  /** The text of the server at the version. */
  get base(): Text {
    return this.#base;
  }

  /** Calls a listener with each update of the server, in order. */
  onReceived(listener: (page: string, changes: ChangeSet) => void): void {
    this.#received = listener;
  }

  /** Takes a push. Returns false when updates before it are missing. */
  receive(push: Push): boolean {
    const known = this.version - push.v;
    if (known < 0) return false;
    if (known >= push.u.length) return true;
    const transactions: Transaction[] = [];
    let state = this.#editor.state;
    for (const json of push.u.slice(known)) {
      const changes = ChangeSet.fromJSON(json);
      const after = changes.apply(this.#base);
      // A browser that failed to keep the latest changes of this page has others, or none, in their place.
      const [first] = sendableUpdates(state);
      const isConfirmed = push.c === this.page && first?.changes.apply(this.#base).eq(after);
      // One at a time, as the server does: mapping over a composed change may give another result.
      const clientID = isConfirmed ? this.page : '';
      const transaction = receiveUpdates(state, [{ clientID, changes }]);
      transactions.push(transaction);
      state = transaction.state;
      this.#base = after;
      if (push.c === this.page) this.#number++;
      this.#received(push.c, changes);
    }
    this.#editor.dispatch(transactions);
    return true;
  }

  /** Moves a document without changes of its own to a later version whose text is known. */
  jump(version: number, text: Text): void {
    const steps = version - this.version;
    if (steps <= 0) return;
    const changes = difference(this.#base, text);
    const nothing = ChangeSet.empty(text.length);
    const rest = Array.from({ length: steps - 1 }, () => ({ clientID: 'server', changes: nothing }));
    this.#editor.dispatch([receiveUpdates(this.#editor.state, [{ clientID: 'server', changes }, ...rest])]);
    this.#base = text;
    this.#received('server', changes);
    for (const step of rest) this.#received(step.clientID, step.changes);
  }

  /** Whether the text at a version is that of the server; true while the versions differ. */
  agrees(version: number, hash: number): boolean {
    return version !== this.version || hashOf(this.#base.toString()) === hash;
  }

  /** Returns the next push, or undefined when every change is confirmed. */
  next(): Outgoing | undefined {
    const updates: ChangeJson[] = [];
    let characters = 0;
    for (const { changes } of sendableUpdates(this.#editor.state)) {
      const json: ChangeJson = changes.toJSON();
      characters += JSON.stringify(json).length;
      if (updates.length > 0 && (updates.length === maxUpdates || characters > maxPushCharacters)) break;
      updates.push(json);
    }
    return updates.length === 0 ? undefined : { version: this.version, n: this.#number, updates };
  }

  /** Returns what is kept so that the changes outlive the page. */
  keep(): KeptSession {
    return {
      page: this.page,
      number: this.#number,
      version: this.version,
      base: this.#base.toString(),
      updates: sendableUpdates(this.#editor.state).map(({ changes }): ChangeJson => changes.toJSON()),
    };
  }
}

/** Returns a text of lines that are separated by line feeds. */
export function textOf(text: string): Text {
  return Text.of(text.split('\n'));
}
