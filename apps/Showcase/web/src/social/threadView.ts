import { Composer } from '../conversation/composer';
import type { Outbox } from '../conversation/outbox';
import { People } from '../conversation/people';
import { followPeople } from '../conversation/presence';
import { Typing, typingWords } from '../conversation/typing';
import { TypingChannel } from '../conversation/typingChannel';
import { shownName } from '../conversation/names';
import { attempt } from '../page/attempt';
import { element, setText } from '../page/element';
import type { Entry, Post } from './model/messages';
import { hereWords } from './model/words';
import type { Square } from './square';
import { PendingList } from './view/pendingList';
import { longestPost } from './view/postMenu';
import { PostView } from './view/postView';

interface ThreadData {
  root: Post;
  replies: Post[];
  more?: boolean;
}

const typingMilliseconds = 1000;

/** The thread of a post: its replies, who is typing, and the field for a reply. */
export class ThreadView {
  readonly root = element('section', { 'class': 'thread', 'aria-label': 'Thread' });
  /** Who else has the thread open. */
  readonly here = element('span', { class: 'muted here' });
  readonly composer: Composer;
  readonly pending: PendingList;
  readonly #square: Square;
  readonly #id: number;
  readonly #outbox: Outbox;
  readonly #changed: () => void;
  readonly #typing = new Typing();
  readonly #people = new People();
  readonly #channel: TypingChannel;
  readonly #views = new Map<number, PostView>();
  readonly #replies = element('div', { class: 'posts' });
  readonly #head = element('div', { class: 'posts' });
  readonly #more = element(
    'button',
    { type: 'button', class: 'button', hidden: true, click: () => void attempt('replies', this.#loadEarlier()) },
    'Earlier replies',
  );

  readonly #notice = element('p', { class: 'notice' }, 'Opening the thread…');
  readonly #none = element('p', { class: 'muted none', hidden: true }, 'No reply yet. Write the first one.');
  readonly #typers = element('p', { class: 'muted typing', role: 'status' });
  #replyTo: number;

  constructor(square: Square, id: number, outbox: Outbox, changed: () => void) {
    this.#square = square;
    this.#id = this.#replyTo = id;
    this.#outbox = outbox;
    this.#changed = changed;
    this.pending = new PendingList(outbox, this.room);
    this.#channel = new TypingChannel(square.connection, `thread-typing:${id}`, this.#typing, this.#people, () => this.#paintTyping());
    this.composer = new Composer('', {
      send: (text) => this.#send(text),
      typed: (text) => this.#channel.wrote(text),
      left: () => undefined,
      cancelled: () => this.#answer(undefined),
      editLast: () => undefined,
      names: () => [],
    }, longestPost);
    this.composer.setOpen(true, 'Write a reply');
    this.composer.setLabel('Reply');
    this.root.append(
      this.#head,
      this.#more,
      this.#replies,
      this.#none,
      this.pending.root,
      this.#typers,
      this.composer.root,
      this.#notice,
    );
    this.composer.root.hidden = true;
    this.#subscribe();
    setInterval(() => {
      this.#channel.sign();
      this.#paintTyping();
    }, typingMilliseconds);
  }

  get room(): string {
    return `thread:${this.#id}`;
  }

  get posts(): number[] {
    return [...this.#views.keys()];
  }

  /** Takes a reply that was published or sent here. */
  take(post: Post): void {
    this.#square.book.take(post, false);
    this.#typing.stopped(post.user);
    if (this.#square.isHidden(post.user) || this.#views.has(post.id)) return;
    this.#add(post);
    this.#changed();
  }

  hide(user: string): void {
    for (const [id, view] of this.#views) if (view.entry.post.user === user && id !== this.#id) this.#drop(id, view);
  }

  paint(): void {
    for (const view of this.#views.values()) view.paint();
    const others = this.#people.present.filter(({ user }) => user !== this.#square.me && !this.#square.isHidden(user));
    setText(this.here, hereWords(others.map(({ name }) => shownName(name))));
    this.composer.root.hidden = !this.#views.has(this.#id) || Boolean(this.#square.book.find(this.#id)?.deleted);
    this.#none.hidden = this.composer.root.hidden || this.#views.size > 1 || this.#outbox.of(this.room).length > 0;
  }

  #subscribe(): void {
    const subscription = this.#square.connection.client.newSubscription(this.room);
    this.#square.connection.countRecovered(subscription);
    subscription.on('subscribed', ({ data, wasRecovering, recovered }) => {
      if (!(wasRecovering && recovered)) this.#restart(data as ThreadData);
    });
    subscription.on('publication', ({ data }) => this.take((data as { entry: Entry }).entry.post));
    followPeople(subscription, this.#people, { loaded: () => this.#changed(), moved: () => this.#changed() });
    subscription.on('unsubscribed', ({ reason }) => setText(this.#notice, reason));
    subscription.on('error', ({ error }) => void this.#failed(error.message));
    subscription.subscribe();
    this.#channel.subscription.subscribe();
  }

  #restart({ root, replies, more }: ThreadData): void {
    this.#notice.remove();
    for (const post of [root, ...replies]) this.#square.book.take(post, true);
    // Replies that were missed may lie between those that are loaded and these.
    const first = replies[0]?.id ?? 0;
    const isJoined = !more || this.#views.has(first);
    if (!isJoined) for (const [id, view] of this.#views) if (id !== this.#id) this.#drop(id, view);
    for (const post of [root, ...replies]) if (!this.#views.has(post.id)) this.#add(post);
    if (!isJoined || this.#more.hidden) this.#more.hidden = !more;
    this.#changed();
  }

  #add(post: Post): void {
    const entry = { id: post.id, user: post.user, name: post.name, post };
    const view = new PostView(this.#square, entry, { reply: (to) => this.#answer(to) });
    this.#views.set(post.id, view);
    this.#square.watch(entry, view.root);
    if (post.id === this.#id) this.#head.append(view.root);
    else {
      const later = [...this.#replies.children].find((child) => Number((child as HTMLElement).dataset.id) > post.id);
      this.#replies.insertBefore(view.root, later ?? null);
    }
  }

  #drop(id: number, view: PostView): void {
    this.#square.forget(view.root);
    view.root.remove();
    this.#views.delete(id);
  }

  async #loadEarlier(): Promise<void> {
    const first = Number((this.#replies.firstElementChild as HTMLElement | null)?.dataset.id ?? 0);
    if (first === 0) return;
    const { replies, more } = await this.#square.call<ThreadData>('replies', { thread: this.#id, before: first });
    for (const post of replies) {
      this.#square.book.take(post, true);
      if (!this.#views.has(post.id)) this.#add(post);
    }
    this.#more.hidden = !more;
    this.#changed();
  }

  // The address of a reply leads to its thread.
  async #failed(reason: string): Promise<void> {
    setText(this.#notice, reason);
    try {
      const { posts: [post] } = await this.#square.call<{ posts: Post[] }>('posts', { posts: [this.#id] });
      if (post?.thread !== undefined) location.replace(`/social/post/${post.thread}`);
    } catch {
      // The notice has the reason.
    }
  }

  #send(text: string): boolean {
    const isTaken = this.#outbox.put(this.room, text, { replyTo: this.#replyTo, quote: { user: '', name: '', text: '' } });
    if (!isTaken) return false;
    this.#typing.sent();
    this.#answer(undefined);
    return true;
  }

  #answer(to: Post | undefined): void {
    this.#replyTo = to?.id ?? this.#id;
    this.composer.setContext(to === undefined || to.id === this.#id ? '' : `Replying to ${shownName(to.name)}: ${to.text}`);
    if (to) this.composer.focus();
  }

  #paintTyping(): void {
    const people = this.#typing.people(Date.now()).filter(({ user }) => !this.#square.isHidden(user));
    setText(this.#typers, typingWords(people.map(({ name }) => shownName(name))));
  }
}
