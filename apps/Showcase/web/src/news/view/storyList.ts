import { element } from '../../page/element';
import { place } from '../../page/place';
import type { Story } from '../model/messages';
import { type StoryActions, StoryItem } from './storyItem';

/** The stories in their order, with keys to move among them. */
export class StoryList {
  readonly root = element('div', { class: 'stories' });
  readonly #actions: StoryActions;
  #items = new Map<number, StoryItem>();

  constructor(actions: StoryActions) {
    this.#actions = actions;
  }

  paint(stories: readonly Story[], now: number): void {
    const items = new Map<number, StoryItem>();
    for (const story of stories) {
      const item = this.#items.get(story.id) ?? new StoryItem(story, this.#actions);
      item.paint(story, now);
      items.set(story.id, item);
    }
    this.#items = items;
    place(this.root, [...items.values()].map(({ root }) => root));
  }

  /** Moves the focus by a number of stories. */
  move(by: number): void {
    const roots = [...this.root.children] as HTMLElement[];
    const at = roots.findIndex((root) => root.contains(document.activeElement));
    const next = roots[at < 0 ? 0 : Math.min(Math.max(at + by, 0), roots.length - 1)];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  }

  /** Returns the story that has the focus. */
  get focused(): StoryItem | undefined {
    return [...this.#items.values()].find(({ root }) => root.contains(document.activeElement));
  }
}
