import type { ScoreEntry } from './messages';

/**
 * The versions of a match's entry in the list, by their time. A page that shows the past needs the version of that
 * time: the latest one would give the result away.
 */
export class Versions {
  #versions: ScoreEntry[] = [];

  constructor(entry: ScoreEntry) {
    this.take(entry);
  }

  take(entry: ScoreEntry): void {
    this.#versions.push(entry);
  }

  get latest(): ScoreEntry {
    return this.#versions.at(-1) as ScoreEntry;
  }

  /** Returns the version of a time; undefined when the page has none that old. */
  at(time: number): ScoreEntry | undefined {
    const index = this.#versions.findLastIndex((entry) => entry.time <= time || entry.phase === 'notStarted');
    return index < 0 ? undefined : this.#versions[index];
  }

  /** Forgets the versions that a page, which is at most so late, does not show again. */
  forget(before: number): void {
    const index = this.#versions.findLastIndex((entry) => entry.time <= before);
    if (index > 0) this.#versions.splice(0, index);
  }
}
