import { ChangeSet, EditorState } from '@codemirror/state';
import type { HistoryPart } from './messages';
import { Session, sessionExtension, textOf, type Editor, type KeptSession } from './session';

/** Calls a method of the server for the document; rejects with its error. */
export type Call = (method: string, parameters: object) => Promise<unknown>;

interface Failure {
  code: number;
}

const maxConflicts = 3;

/** Whether the same call may succeed later: the server was not reached, or it is busy. */
export const isTemporary = ({ code }: Failure): boolean => code < 400 || code === 429 || code >= 500;

/** Changes that a closed window kept. They are sent by calls, while another window shows the document. */
export class ClosedWindow {
  readonly #editor: Editor;
  readonly #session: Session;

  constructor(kept: KeptSession, page: string) {
    const base = textOf(kept.base);
    let state = EditorState.create({ doc: base, extensions: sessionExtension(page, kept.version) });
    for (const json of kept.updates) ({ state } = state.update({ changes: ChangeSet.fromJSON(json) }));
    this.#editor = {
      get state() {
        return state;
      },
      dispatch: (transactions) => {
        for (const transaction of transactions) ({ state } = transaction);
      },
    };
    this.#session = new Session(this.#editor, page, base, page === kept.page ? kept.number : 0);
  }

  get unsent(): number {
    return this.#session.unsent;
  }

  /**
   * Sends the changes. Returns the text with them when the server cannot merge it, and rejects when the server was not
   * reached; a further call then continues.
   */
  async send(call: Call): Promise<string | undefined> {
    for (let conflicts = 0; conflicts < maxConflicts;) {
      try {
        if (!await this.#receive(call)) break;
        const next = this.#session.next();
        if (!next) return undefined;
        await call('pad.push', { c: this.#session.page, ...next });
        conflicts = 0;
      } catch (error) {
        if (isTemporary(error as Failure)) throw error;
        if ((error as Failure).code !== 409) break;
        conflicts++;
      }
    }
    return this.#editor.state.doc.toString();
  }

  /** Receives what is newer. Returns false when the server no longer retains the updates since this version. */
  async #receive(call: Call): Promise<boolean> {
    for (;;) {
      const part = await call('pad.history', { from: this.#session.version }) as HistoryPart;
      if (part.text !== undefined) return false;
      for (const { push } of part.pushes) if (!this.#session.receive(push)) return false;
      if (!part.more) return true;
    }
  }
}
