import type { ChangeDesc, ChangeSet } from '@codemirror/state';
import type { CursorData } from './messages';

/** The cursor of another person at a position of the document. */
export interface PlacedCursor {
  client: string;
  user: string;
  name: string;
  anchor: number;
  head: number;
}

const maxSteps = 500;

/** The cursors of others. Each is moved over the updates since the version at which it was published. */
export class Cursors {
  readonly #cursors = new Map<string, CursorData>();
  readonly #steps: { page: string; changes: ChangeDesc }[] = [];
  #version: number;

  constructor(version: number) {
    this.#version = version;
  }

  get people(): readonly CursorData[] {
    return [...this.#cursors.values()];
  }

  get entries(): readonly (readonly [string, CursorData])[] {
    return [...this.#cursors];
  }

  set(client: string, cursor: CursorData): void {
    this.#cursors.set(client, { ...cursor });
  }

  remove(client: string): void {
    this.#cursors.delete(client);
  }

  clear(): void {
    this.#cursors.clear();
  }

  received(page: string, changes: ChangeSet): void {
    this.#steps.push({ page, changes: changes.desc });
    if (this.#steps.length > maxSteps) this.#steps.shift();
    this.#version++;
    for (const cursor of this.#cursors.values()) this.#move(cursor);
  }

  /** Returns the cursors that have a place in a document with changes of its own; those ahead of it wait. */
  placed(own: readonly ChangeDesc[], length: number, except: string): PlacedCursor[] {
    const placed: PlacedCursor[] = [];
    for (const [client, cursor] of this.#cursors) {
      if (cursor.c === except) continue;
      this.#move(cursor);
      if (cursor.v !== this.#version) continue;
      const place = (at: number) => Math.min(length, own.reduce((position, changes) => (
        position > changes.length ? position : changes.mapPos(position, -1)), at));
      placed.push({ client, user: cursor.user, name: cursor.name, anchor: place(cursor.a), head: place(cursor.h) });
    }
    return placed;
  }

  #move(cursor: CursorData): void {
    const oldest = this.#version - this.#steps.length;
    if (cursor.v < oldest) return;
    for (; cursor.v < this.#version; cursor.v++) {
      const step = this.#steps[cursor.v - oldest];
      if (!step || cursor.a > step.changes.length || cursor.h > step.changes.length) return;
      // What a person inserts is before their own cursor, and what others insert at it is behind it.
      const side = step.page === cursor.c ? 1 : -1;
      cursor.a = step.changes.mapPos(cursor.a, side);
      cursor.h = step.changes.mapPos(cursor.h, side);
    }
  }
}
