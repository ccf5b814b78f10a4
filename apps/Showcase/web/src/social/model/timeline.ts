import type { Entry, Page } from './messages';

/** Entries that are known to exist and are not loaded: their exact number, and the ids of the entries around them. */
export interface Gap {
  above: number;
  below: number;
  count: number;
}

const mostWaiting = 300;
const mostShown = 600;

/**
 * The entries of a timeline, newest first. What arrives waits until it is revealed, so that nothing moves while
 * somebody reads. What was not loaded is a gap with its exact size.
 */
export class Timeline {
  #entries: Entry[] = [];
  #waiting: Entry[] = [];
  #gaps: Gap[] = [];
  /** The number of entries that are older than the last one. */
  left = 0;
  isLoaded = false;

  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** The highest id; 0 without entries. */
  get newest(): number {
    return this.#waiting[0]?.id ?? this.#entries[0]?.id ?? 0;
  }

  /** The number of entries that arrived and are not shown, with those of the gaps between them. */
  get waiting(): number {
    const ids = new Set(this.#waiting.map((entry) => entry.id));
    return this.#gaps.reduce((sum, gap) => ids.has(gap.above) ? sum + gap.count : sum, this.#waiting.length);
  }

  /** Whether the list has as many entries as it may have, so that older ones are not loaded. */
  get isFull(): boolean {
    return this.#entries.length >= mostShown;
  }

  gapAfter(id: number): Gap | undefined {
    return this.#gaps.find((gap) => gap.above === id);
  }

  /**
   * Takes the newest entries after the newest one that is loaded, which a subscribe without recovery returns. Returns
   * how many entries were missed. A store whose ids end before it is another one: the timeline begins again.
   */
  restart({ entries, left = 0, latest = 0 }: Page): number {
    if (latest < this.newest || !this.isLoaded) {
      this.#entries = [...entries];
      this.#waiting = [];
      this.#gaps = [];
      this.left = left;
      this.isLoaded = true;
      return 0;
    }
    const below = this.newest;
    const fresh = entries.filter((entry) => !this.#has(entry.id));
    this.#waiting.unshift(...fresh);
    this.#waiting.sort((one, other) => other.id - one.id);
    const last = fresh.at(-1);
    if (last && left > 0) this.#gaps.push({ above: last.id, below, count: left });
    this.#boundWaiting();
    if (this.#entries.length === 0) this.reveal();
    return fresh.length + left;
  }

  /** Takes a new entry. Returns whether it was not known. */
  arrived(entry: Entry): boolean {
    if (!this.isLoaded || this.#has(entry.id)) return false;
    this.#waiting.unshift(entry);
    this.#waiting.sort((one, other) => other.id - one.id);
    this.#boundWaiting();
    if (this.#entries.length === 0) this.reveal();
    return true;
  }

  /** Shows what waits. Returns whether anything did. */
  reveal(): boolean {
    if (this.#waiting.length === 0) return false;
    this.#entries.unshift(...this.#waiting);
    this.#waiting = [];
    const cut = this.#entries.splice(mostShown);
    const cutIds = new Set(cut.map((entry) => entry.id));
    this.left += cut.length;
    // A gap below the last entry that is shown counts among the older ones.
    const last = this.#entries.at(-1)?.id ?? 0;
    this.#gaps = this.#gaps.filter((gap) => {
      const isCut = cutIds.has(gap.above) || (cut.length > 0 && gap.above === last);
      if (isCut) this.left += gap.count;
      return !isCut;
    });
    return true;
  }

  /** Takes a part of a gap, newest first. */
  filled(gap: Gap, { entries, left = 0 }: Page): void {
    const at = this.#entries.findIndex((entry) => entry.id === gap.above);
    if (at < 0 || !this.#gaps.includes(gap)) return;
    this.#entries.splice(at + 1, 0, ...entries.filter((entry) => !this.#has(entry.id)));
    gap.above = entries.at(-1)?.id ?? gap.above;
    gap.count = left;
    if (left === 0 || entries.length === 0) this.#gaps = this.#gaps.filter((other) => other !== gap);
  }

  /** Takes the entries before the last one. */
  older({ entries, left = 0 }: Page): void {
    this.#entries.push(...entries.filter((entry) => !this.#has(entry.id)));
    this.left = left;
  }

  /** Removes the entries that fit; gaps keep their sizes. */
  remove(fits: (entry: Entry) => boolean): void {
    for (const list of [this.#entries, this.#waiting]) {
      for (let i = list.length - 1; i >= 0; i--) {
        const entry = list[i];
        if (!entry || !fits(entry)) continue;
        const gap = this.gapAfter(entry.id);
        const above = list[i - 1]?.id;
        // An entry that names a gap remains when no other one can.
        if (gap && above === undefined) continue;
        list.splice(i, 1);
        if (gap && above !== undefined) gap.above = above;
      }
    }
  }

  /** Removes the entries that fit from those that wait. */
  removeWaiting(fits: (entry: Entry) => boolean): void {
    const ids = new Set(this.#waiting.filter(fits).map((entry) => entry.id));
    if (ids.size > 0) this.remove((entry) => ids.has(entry.id));
  }

  #has(id: number): boolean {
    return this.#entries.some((entry) => entry.id === id) || this.#waiting.some((entry) => entry.id === id);
  }

  // The oldest that wait become a gap, so that a page that nobody reads for a day stays small.
  #boundWaiting(): void {
    while (this.#waiting.length > mostWaiting) {
      const dropped = this.#waiting.pop() as Entry;
      const above = (this.#waiting.at(-1) as Entry).id;
      const gap = this.gapAfter(dropped.id);
      if (gap) Object.assign(gap, { above, count: gap.count + 1 });
      else this.#gaps.push({ above, below: this.#entries[0]?.id ?? 0, count: 1 });
    }
  }
}
