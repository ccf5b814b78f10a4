import { ChangeSet, type Text } from '@codemirror/state';
import type { HistoryPart, HistoryPush } from './messages';
import { textOf } from './session';

/** Consecutive characters of one author. */
export interface Run {
  length: number;
  /** The author's index; -1 for what is older than the history. */
  author: number;
}

export interface Author {
  user: string;
  name: string;
}

/** A version of the document. */
export interface Version {
  text: Text;
  runs: readonly Run[];
}

interface Entry {
  time: number;
  author: number;
  changes: ChangeSet;
}

const checkpointInterval = 100;

/** The log of a document from its earliest retained version. Every version of the text is computed in the page. */
export class DocumentHistory {
  readonly authors: Author[] = [];
  #first = 0;
  readonly #entries: Entry[] = [];
  readonly #checkpoints: Version[] = [];
  #latest: Version | undefined;

  get firstVersion(): number {
    return this.#first;
  }

  get lastVersion(): number {
    return this.#first + this.#entries.length;
  }

  /** Adds the next part of the log; a part with a text begins anew. */
  add(part: HistoryPart): void {
    if (part.text !== undefined) {
      this.#first = part.version;
      this.#entries.length = 0;
      const text = textOf(part.text);
      this.#latest = { text, runs: text.length > 0 ? [{ length: text.length, author: -1 }] : [] };
      this.#checkpoints.splice(0, this.#checkpoints.length, this.#latest);
    }
    for (const signed of part.pushes) this.#append(signed);
  }

  /** Returns the author and the time of the update that led to a version, or undefined for the first one. */
  change(version: number): { author: Author; time: number } | undefined {
    const entry = this.#entries[version - this.#first - 1];
    const author = entry && this.authors[entry.author];
    return author && { author, time: entry.time };
  }

  /** Returns a version of the document, and who wrote which parts of it. */
  at(version: number): Version | undefined {
    const index = Math.max(0, Math.min(version - this.#first, this.#entries.length));
    const checkpoint = Math.floor(index / checkpointInterval);
    let state = this.#checkpoints[checkpoint];
    if (!state) return undefined;
    for (let at = checkpoint * checkpointInterval; at < index; at++) state = after(state, this.#entries[at]);
    return state;
  }

  #append(signed: HistoryPush): void {
    const { v, u } = signed.push;
    for (const json of u.slice(Math.max(0, this.lastVersion - v))) {
      const entry = { time: signed.time, author: this.#authorOf(signed), changes: ChangeSet.fromJSON(json) };
      if (!this.#latest) return;
      this.#latest = after(this.#latest, entry);
      this.#entries.push(entry);
      if (this.#entries.length % checkpointInterval === 0) this.#checkpoints.push(this.#latest);
    }
  }

  #authorOf({ user, name }: HistoryPush): number {
    const known = this.authors.findIndex((author) => author.user === user);
    if (known >= 0) return known;
    return this.authors.push({ user, name }) - 1;
  }
}

function after(version: Version, entry: Entry | undefined): Version {
  if (!entry) return version;
  return { text: entry.changes.apply(version.text), runs: runsAfter(version.runs, entry) };
}

function runsAfter(runs: readonly Run[], { changes, author }: Entry): Run[] {
  const result: Run[] = [];
  const add = (length: number, by: number) => {
    const last = result.at(-1);
    if (length === 0) return;
    if (last?.author === by) result[result.length - 1] = { length: last.length + length, author: by };
    else result.push({ length, author: by });
  };
  let index = 0;
  let used = 0;
  const take = (length: number, isKept: boolean) => {
    for (let left = length; left > 0;) {
      const run = runs[index];
      if (!run) return;
      const piece = Math.min(left, run.length - used);
      if (isKept) add(piece, run.author);
      left -= piece;
      used += piece;
      if (used < run.length) continue;
      index++;
      used = 0;
    }
  };
  let at = 0;
  changes.iterChanges((fromA, toA, fromB, toB) => {
    take(fromA - at, true);
    take(toA - fromA, false);
    add(toB - fromB, author);
    at = toA;
  });
  take(changes.length - at, true);
  return result;
}
