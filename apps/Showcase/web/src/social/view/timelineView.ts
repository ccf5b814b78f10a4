import { element, setText } from '../../page/element';
import { place } from '../../page/place';
import type { Feed } from '../feed';
import type { Gap } from '../model/timeline';
import { newPosts } from '../model/words';
import type { Square } from '../square';
import { PostView } from './postView';

/** A timeline on the page. What arrives waits behind a button; nothing that is shown moves. */
export class TimelineView {
  readonly root: HTMLElement;
  readonly feed: Feed;
  readonly #square: Square;
  readonly #empty: string;
  readonly #news = element('button', { type: 'button', class: 'button primary', hidden: true, click: () => this.reveal() });
  readonly #state = element('span', { class: 'muted' });
  readonly #list = element('div', { class: 'posts' });
  readonly #older = element('button', { type: 'button', class: 'button', hidden: true, click: () => void this.feed.loadOlder() }, 'Older posts');
  readonly #end = element('p', { class: 'muted end' });
  readonly #views = new Map<number, PostView>();
  readonly #gaps = new Map<number, HTMLElement>();

  constructor(square: Square, feed: Feed, label: string, empty: string) {
    this.#square = square;
    this.feed = feed;
    this.#empty = empty;
    this.root = element(
      'section',
      { 'class': 'timeline', 'aria-label': label },
      element('div', { class: 'news' }, this.#news, this.#state),
      this.#list,
      element('div', { class: 'older' }, this.#older, this.#end),
    );
  }

  /** The ids of the posts that are shown. */
  get posts(): number[] {
    return this.feed.timeline.entries.map(({ post }) => post.id);
  }

  /** Shows what waits, and goes to the top. */
  reveal(): void {
    if (!this.feed.timeline.reveal()) return;
    this.paint();
    window.scrollTo({ top: 0 });
    this.#list.querySelector<HTMLElement>('.post')?.focus({ preventScroll: true });
  }

  /** Moves the focus to the next or the previous post. */
  step(by: number): void {
    const posts = [...this.#list.querySelectorAll<HTMLElement>('.post')];
    const at = posts.indexOf(document.activeElement?.closest('.post') as HTMLElement);
    const next = posts[at < 0 ? 0 : at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }

  withdrawn(entry: number): void {
    this.feed.timeline.removeWaiting(({ id }) => id === entry);
    this.#views.get(entry)?.withdraw();
  }

  paint(): void {
    const { timeline } = this.feed;
    timeline.removeWaiting(({ post }) => Boolean(this.#square.book.find(post.id)?.deleted));
    const { waiting } = timeline;
    this.#news.hidden = waiting === 0;
    setText(this.#news, newPosts(waiting));
    setText(this.#state, waiting > 0 ? '' : timeline.isLoaded ? 'Nothing new' : 'Loading the posts…');
    this.#paintList();
    this.#older.hidden = timeline.left === 0 || timeline.isFull;
    setText(this.#end, this.#endWords());
  }

  #endWords(): string {
    const { isLoaded, isFull, entries: { length }, left } = this.feed.timeline;
    if (!isLoaded) return '';
    if (length === 0) return this.#empty;
    if (left === 0) return 'This is the beginning.';
    return isFull ? `${left} older posts are not loaded: a page shows at most ${length}.` : `${left} older`;
  }

  #paintList(): void {
    const shown: HTMLElement[] = [];
    for (const entry of this.feed.timeline.entries) {
      let view = this.#views.get(entry.id);
      if (view) view.paint();
      else {
        this.#views.set(entry.id, view = new PostView(this.#square, entry));
        this.#square.watch(entry, view.root);
      }
      shown.push(view.root);
      const gap = this.feed.timeline.gapAfter(entry.id);
      if (gap) shown.push(this.#gapView(gap));
    }
    place(this.#list, shown);
    for (const [id, { root }] of this.#views) {
      if (root.parentElement) continue;
      this.#square.forget(root);
      this.#views.delete(id);
    }
    for (const [below, view] of this.#gaps) if (!view.parentElement) this.#gaps.delete(below);
  }

  #gapView(gap: Gap): HTMLElement {
    let view = this.#gaps.get(gap.below);
    if (!view) {
      const button = element('button', { type: 'button', class: 'button', click: () => void this.#fill(gap.below) });
      this.#gaps.set(gap.below, view = element('div', { class: 'gap' }, button));
    }
    setText(view.firstElementChild as Element, gap.count === 1 ? 'Load the post between' : `Load the ${gap.count} posts between`);
    return view;
  }

  #fill(below: number): Promise<void> | undefined {
    const { timeline } = this.feed;
    const gap = timeline.entries.map(({ id }) => timeline.gapAfter(id)).find((other) => other?.below === below);
    return gap && this.feed.fill(gap);
  }
}
