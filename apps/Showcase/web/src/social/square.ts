import type { SharedPollSubscription, Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import { forget, remember, remembered, rememberedNames } from '../page/settings';
import { Visible } from '../page/visible';
import type { Change, Counts, Entry, Mark, OwnEvent, Post, Relation, RelationKind } from './model/messages';
import { PostBook } from './model/postBook';
import { Wishes, type Wish } from './model/wishes';

const wishSetting = 'square-wish.';
const resendMilliseconds = 1000;
const keptPosts = 1500;

/** What the parts of the page do when posts and people change. */
export interface SquareListener {
  changed(): void;
  refused(reason: string): void;
  /** Called when the visitor has muted or blocked a person. */
  hidden(user: string): void;
  withdrawn(entry: number): void;
}

/** The posts of a page and what the visitor does with them: their states, numbers and authors. */
export class Square {
  readonly connection: Connection;
  readonly book = new PostBook();
  readonly relations = new Map<string, Relation>();
  readonly wishes: Wishes;
  readonly #listener: SquareListener;
  readonly #counts: SharedPollSubscription;
  readonly #shown = new Map<number, number>();
  readonly #visible: Visible;

  constructor(connection: Connection, listener: SquareListener) {
    this.connection = connection;
    this.#listener = listener;
    this.wishes = this.#createWishes();
    // The server accepts keys without a signature: everybody may read the numbers of every post.
    this.#counts = connection.client.newSharedPollSubscription('counts:posts', {
      getSignature: async ({ keys }) => ({ keys, signature: '' }),
    });
    this.#counts.on('update', ({ key, data, removed }) => {
      if (removed) this.#deleted(Number(key));
      else this.book.count(Number(key), data as Counts);
      listener.changed();
    });
    this.#visible = new Visible((key, isVisible) => this.#see(key, isVisible));
    this.#follow();
    connection.client.once('connected', () => this.#followOwn());
    connection.client.on('connected', () => void this.wishes.flush());
    setInterval(() => void this.wishes.flush(), resendMilliseconds);
  }

  get me(): string {
    return this.connection.me.user;
  }

  start(): void {
    this.#counts.subscribe();
  }

  /** Follows the numbers of a post while its element is on the screen. */
  watch(entry: Entry, element: Element): void {
    this.#visible.watch(`${entry.id}:${entry.post.id}`, element);
  }

  forget(element: Element): void {
    this.#visible.forget(element);
  }

  async call<T>(method: string, data: unknown): Promise<T> {
    return (await this.connection.client.rpc(`social.${method}`, data)).data as T;
  }

  /** Takes a post that a call has changed. */
  take(post: Post): void {
    this.book.take(post, false);
    this.#listener.changed();
  }

  is(kind: RelationKind, user: string): boolean {
    return this.relations.has(`${kind}:${user}`);
  }

  isHidden(user: string): boolean {
    return this.is('mute', user) || this.is('block', user);
  }

  async relate(kind: RelationKind, user: string, on: boolean): Promise<void> {
    const { relation } = await this.call<{ relation: Relation }>(kind, { user, on });
    this.#related(relation, on);
  }

  /** Wants a state of a post. */
  mark(mark: Mark, post: number, on: boolean): void {
    if (!this.wishes.wish({ mark, post, on })) this.#listener.refused('Too many likes and reposts wait for the connection.');
    this.#listener.changed();
  }

  /** Returns whether the visitor has, or wants to have, liked or reposted a post, and the number that goes with it. */
  stateOf(post: Post, mark: Mark): { on: boolean; count: number } {
    const is = Boolean(mark === 'like' ? post.liked : post.reposted);
    const wanted = this.wishes.of(mark, post.id) ?? is;
    const count = (mark === 'like' ? post.counts.l : post.counts.r) ?? 0;
    return { on: wanted, count: Math.max(0, count + Number(wanted) - Number(is)) };
  }

  /** Reads the posts again that may have changed while no publication of theirs could be recovered. */
  async refresh(): Promise<void> {
    const ids = this.book.ids;
    for (let at = 0; at < ids.length; at += 200) {
      const part = ids.slice(at, at + 200);
      const { posts } = await this.call<{ posts: Post[] }>('posts', { posts: part });
      const found = new Set(posts.map((post) => post.id));
      for (const post of posts) this.book.take(post, true);
      for (const id of part) if (!found.has(id)) this.#deleted(id);
      this.#listener.changed();
    }
  }

  #createWishes(): Wishes {
    return new Wishes({
      send: async ({ mark, post, on }) => (await this.call<{ counts: Counts }>(mark, { post, on })).counts,
      isConnected: () => this.connection.state === 'connected',
      began: ({ post }) => this.book.hold(post),
      confirmed: ({ mark, post, on }, counts) => {
        this.book.mark(post, mark, on, counts);
        this.book.count(post, counts);
      },
      refused: (_, reason) => this.#listener.refused(reason),
      ended: ({ post }) => {
        this.book.release(post);
        this.#listener.changed();
      },
      // Each wish has its own entry, so two windows of a browser do not overwrite each other's wishes.
      load: () => rememberedNames(wishSetting).flatMap(readWish),
      keep: ({ mark, post, on }) => remember(`${wishSetting}${mark}.${post}`, String(on)),
      drop: ({ mark, post }) => forget(`${wishSetting}${mark}.${post}`),
    });
  }

  #follow(): void {
    const changes = this.#recovered('changes:posts', (data) => {
      const { type, id, post } = data as Change;
      if (type === 'withdraw') this.#listener.withdrawn(id);
      else if (post && this.book.find(id)) this.book.take(post, false);
    });
    changes.subscribe();
  }

  #followOwn(): void {
    const own = this.#recovered(`own:#${this.me}`, (data) => {
      const { type, on = false, post = 0, v = 0, relation } = data as OwnEvent;
      if (relation) this.#related(relation, on);
      else if (type !== 'relation') this.book.mark(post, type, on, { v });
    });
    own.on('subscribed', ({ data }) => {
      this.relations.clear();
      for (const relation of (data as { relations: Relation[] }).relations) this.#related(relation, true);
      this.#listener.changed();
    });
    own.subscribe();
  }

  // Without recovery the posts that are loaded may be out of date.
  #recovered(channel: string, take: (data: unknown) => void): Subscription {
    const subscription = this.connection.client.newSubscription(channel);
    subscription.on('subscribed', ({ wasRecovering, recovered }) => {
      if (wasRecovering && !recovered) void this.refresh().catch(() => undefined);
    });
    subscription.on('publication', ({ data }) => {
      take(data);
      this.#listener.changed();
    });
    return subscription;
  }

  #related(relation: Relation, on: boolean): void {
    const { kind, user } = relation;
    const key = `${kind}:${user}`;
    const isNew = on && !this.relations.has(key);
    if (on) this.relations.set(key, relation);
    else this.relations.delete(key);
    if (on && kind === 'block') this.relations.delete(`follow:${user}`);
    if (isNew && kind !== 'follow') this.#listener.hidden(user);
    this.#listener.changed();
  }

  #deleted(id: number): void {
    const post = this.book.find(id);
    if (post && !post.deleted) this.book.take({ ...post, text: '', deleted: true, revision: (post.revision ?? 0) + 1 }, false);
  }

  /** Forgets posts that no list has, so that a page that is open for days stays small. */
  tidy(used: () => ReadonlySet<number>): void {
    if (this.book.size > keptPosts) this.book.keep(used());
  }

  #see(key: string, isVisible: boolean): void {
    const post = Number(key.split(':')[1]);
    const count = (this.#shown.get(post) ?? 0) + (isVisible ? 1 : -1);
    if (count > 0) this.#shown.set(post, count);
    else this.#shown.delete(post);
    if (isVisible && count === 1) this.#counts.track([`${post}`]);
    if (!isVisible && count === 0) this.#counts.untrack([`${post}`]);
  }
}

// Stored wishes are validated, because they may be malformed.
function readWish(name: string): Wish[] {
  const [, mark, post] = name.split('.');
  const isWish = (mark === 'like' || mark === 'repost') && Number(post) > 0;
  return isWish ? [{ mark, post: Number(post), on: remembered(name) === 'true' }] : [];
}
