import type { Subscription } from 'centrifuge';
import { reportMissed } from '../connection/missed';
import type { Entry, Page } from './model/messages';
import { type Gap, Timeline } from './model/timeline';
import { tagPieces } from './model/words';
import type { Square } from './square';

// Older posts are loaded by a button: who goes through the page by keyboard reaches what stands after the posts.
const firstPosts = 20;

/** Which timeline it is: `all`, `home`, `@` with a user, or `#` with a tag. */
export type TimelineOf = string;

export interface FeedListener {
  changed(): void;
  /** Called with an entry that arrived now, not with recovered ones. */
  arrived(entry: Entry): void;
  missed(words: string): void;
  failed(reason: string): void;
}

/** A timeline on the page: its entries, and the subscription that completes them. */
export class Feed {
  readonly of: TimelineOf;
  readonly timeline = new Timeline();
  readonly subscription: Subscription;
  readonly #square: Square;
  readonly #listener: FeedListener;
  readonly #hasOwnChannel: boolean;
  #isLoading = false;

  constructor(square: Square, of: TimelineOf, listener: FeedListener) {
    this.of = of;
    this.#square = square;
    this.#listener = listener;
    this.#hasOwnChannel = of === 'all' || of === 'home';
    const channel = of === 'home' ? `home:#${square.me}` : 'square:all';
    this.subscription = square.connection.client.newSubscription(channel, { getData: async () => this.#since() });
    square.connection.countRecovered(this.subscription);
    this.subscription.on('subscribed', ({ data, wasRecovering, recovered }) => {
      if (wasRecovering && recovered && this.timeline.isLoaded) return;
      if (this.#hasOwnChannel) this.#restart(data as Page);
      else void this.#reload();
    });
    this.subscription.on('publication', ({ data }) => this.take((data as { entry: Entry }).entry));
    reportMissed(square.connection, this.subscription, () => ['post', 'posts'], (words) => listener.missed(words));
  }

  /** Takes an entry that was published. */
  take(entry: Entry): void {
    if (!this.#fits(entry)) return;
    this.#square.book.take(entry.post, false);
    if (this.timeline.arrived(entry)) this.#listener.arrived(entry);
    this.#listener.changed();
  }

  /** Shows an own post at once. */
  takeOwn(entry: Entry): void {
    if (!this.#fits(entry)) return;
    this.timeline.arrived(entry);
    this.timeline.reveal();
    this.#listener.changed();
  }

  fill(gap: Gap): Promise<void> {
    return this.#load({ before: gap.above, after: gap.below }, (page) => this.timeline.filled(gap, page));
  }

  loadOlder(): Promise<void> {
    const last = this.timeline.entries.at(-1);
    if (!last || this.timeline.left === 0 || this.timeline.isFull) return Promise.resolve();
    return this.#load({ before: last.id }, (page) => this.timeline.older(page));
  }

  #since(): unknown {
    // The publications of everybody complete these timelines, but their beginning is another one.
    if (!this.#hasOwnChannel) return { limit: 1 };
    return this.timeline.newest > 0 ? { after: this.timeline.newest } : { limit: firstPosts };
  }

  #fits(entry: Entry): boolean {
    if (this.#square.isHidden(entry.user) || this.#square.isHidden(entry.post.user)) return false;
    if (this.of.startsWith('@')) return entry.user === this.of.slice(1);
    return !this.of.startsWith('#') || tagPieces(entry.post.text).some(({ tag }) => tag === this.of.slice(1));
  }

  #reload(): Promise<void> {
    const after = this.timeline.newest;
    return this.#load(after > 0 ? { after } : {}, (page) => this.#restart(page));
  }

  #restart(page: Page): void {
    for (const { post } of page.entries) this.#square.book.take(post, true);
    const missed = this.timeline.restart(page);
    const loaded = page.entries.length;
    if (missed > loaded) this.#listener.missed(`${missed} posts while you were away: the newest ${loaded} are loaded.`);
    else if (missed > 0) this.#listener.missed(`${missed} ${missed === 1 ? 'post' : 'posts'} while you were away.`);
    this.#listener.changed();
  }

  async #load(range: { before?: number; after?: number }, take: (page: Page) => void): Promise<void> {
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      const page = await this.#square.call<Page>('page', { of: this.of, ...range });
      for (const { post } of page.entries) this.#square.book.take(post, true);
      take(page);
    } catch (error) {
      const { code = 0, message } = error as { code?: number; message?: string };
      if (code > 100) this.#listener.failed(message ?? 'The posts were not loaded.');
    } finally {
      this.#isLoading = false;
      this.#listener.changed();
    }
  }
}
