import type { Story } from './messages';

/** The stories of the page, newest first. New ones wait until the reader wants them, so that the list does not move. */
export class Stories {
  hasMore = false;
  readonly #shown = new Map<number, Story>();
  readonly #waiting = new Map<number, Story>();
  #sorted: readonly Story[] | undefined;

  /** The stories that are shown. */
  get shown(): readonly Story[] {
    return this.#sorted ??= [...this.#shown.values()].sort(newestFirst);
  }

  /** The stories that wait. */
  get waiting(): readonly Story[] {
    return [...this.#waiting.values()].sort(newestFirst);
  }

  get oldest(): Story | undefined {
    return this.shown.at(-1);
  }

  /** Replaces everything. */
  begin(stories: readonly Story[], hasMore: boolean): void {
    this.#shown.clear();
    this.#waiting.clear();
    this.add(stories);
    this.hasMore = hasMore;
  }

  /** Adds older stories to those that are shown. */
  add(stories: readonly Story[]): void {
    for (const story of stories) this.#put(this.#shown, story);
  }

  /** Takes a story that is new, or a newer state of one. Returns whether it is new to the page. */
  take(story: Story): boolean {
    if (this.#shown.has(story.id)) {
      this.#put(this.#shown, story);
      return false;
    }
    const isNew = !this.#waiting.has(story.id);
    // A change of a story that the page does not have is no news: it is older than the list.
    if (isNew && story.revision > 1 && this.oldest && newestFirst(story, this.oldest) > 0) return false;
    this.#put(this.#waiting, story);
    return isNew;
  }

  /** Shows the stories that wait, or one of them. */
  show(id?: number): void {
    for (const story of this.waiting) {
      if (id !== undefined && story.id !== id) continue;
      this.#put(this.#shown, story);
      this.#waiting.delete(story.id);
    }
  }

  #put(stories: Map<number, Story>, story: Story): void {
    const known = stories.get(story.id);
    if (known && known.revision >= story.revision) return;
    stories.set(story.id, story);
    this.#sorted = undefined;
  }
}

function newestFirst(one: Story, other: Story): number {
  return other.time - one.time || other.id - one.id;
}
