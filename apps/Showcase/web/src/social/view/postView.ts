import { avatar } from '../../conversation/avatar';
import { shownName } from '../../conversation/names';
import { agoText } from '../../page/ago';
import { element, setText } from '../../page/element';
import type { Entry, Mark, Post } from '../model/messages';
import type { Square } from '../square';
import { showPostMenu } from './postMenu';
import { postText } from './postText';
import { showVersions } from './versions';

const labels = { like: ['Like', 'Liked', '♥'], repost: ['Repost', 'Reposted', '⇄'] } as const;

export interface PostActions {
  /** Called when the visitor replies; undefined where a reply opens the thread. */
  reply?: (post: Post) => void;
}

/** A post on the page. Its height stays what it is while numbers, texts of others and deletions arrive. */
export class PostView {
  readonly root: HTMLElement;
  readonly entry: Entry;
  readonly #square: Square;
  readonly #text = element('p', { class: 'text', dir: 'auto' });
  readonly #age = element('a', { class: 'muted' });
  readonly #edited = element('button', { type: 'button', class: 'link', hidden: true }, 'edited');
  readonly #menu: HTMLButtonElement;
  readonly #reply: HTMLElement;
  readonly #replies = element('span', { class: 'number' });
  readonly #marks = new Map<Mark, { button: HTMLButtonElement; count: HTMLElement; word: HTMLElement }>();
  #shownRevision = -1;

  constructor(square: Square, entry: Entry, actions: PostActions = {}) {
    this.#square = square;
    this.entry = entry;
    const { post } = entry;
    const thread = `/social/post/${post.thread ?? post.id}`;
    this.#age.href = thread;
    this.#age.title = new Date(post.time).toLocaleString();
    this.#edited.addEventListener('click', () => void showVersions(square, post.id));
    this.#menu = element(
      'button',
      { 'type': 'button', 'class': 'button plain icon', 'aria-label': 'More', 'aria-haspopup': 'menu', 'title': 'More', 'click': () => showPostMenu(square, this.#post, this.#menu) },
      '⋯',
    );
    const words = element('span', { class: 'word' }, 'Reply');
    this.#reply = actions.reply
      ? element('button', { type: 'button', class: 'act', click: () => actions.reply?.(this.#post) }, '↩ ', words, ' ', this.#replies)
      : element('a', { class: 'act', href: thread }, '↩ ', words, ' ', this.#replies);
    this.root = element(
      'article',
      { 'class': 'post', 'data-id': entry.id, 'data-post': post.id, 'tabindex': -1, 'aria-label': `Post of ${shownName(post.name)}` },
      ...(entry.id === post.id ? [] : [this.#repostedBy()]),
      avatar(post.user, post.name),
      element(
        'header',
        {},
        person(post.user, post.name),
        ...(post.bot ? [element('span', { class: 'badge', title: 'A program of the showcase with texts in the public domain' }, 'bot')] : []),
        this.#age,
        this.#edited,
      ),
      this.#menu,
      ...(post.replyName !== undefined && post.replyTo !== post.thread ? [element('p', { class: 'muted to' }, '↩ ', element('bdi', {}, shownName(post.replyName)))] : []),
      this.#text,
      element('footer', {}, this.#reply, this.#mark('repost', post), this.#mark('like', post)),
    );
    this.paint();
  }

  paint(): void {
    const post = this.#post;
    this.#paintText(post);
    setText(this.#age, agoText(post.time, this.#square.connection.serverNow));
    setText(this.#replies, countText(post.counts.c ?? 0));
    for (const [mark, { button, count, word }] of this.#marks) {
      const state = this.#square.stateOf(post, mark);
      const [off, on] = labels[mark];
      button.setAttribute('aria-pressed', String(state.on));
      button.setAttribute('aria-busy', String(this.#square.wishes.of(mark, post.id) !== undefined));
      setText(word, state.on ? on : off);
      setText(count, countText(state.count));
    }
  }

  get #post(): Post {
    return this.#square.book.find(this.entry.post.id) ?? this.entry.post;
  }

  #paintText(post: Post): void {
    const revision = post.revision ?? 0;
    if (revision === this.#shownRevision) return;
    const isFirst = this.#shownRevision < 0;
    this.#shownRevision = revision;
    // What disappears leaves its room, so that nothing below it moves.
    if (post.deleted && !isFirst) this.root.style.minHeight = `${this.root.offsetHeight}px`;
    this.root.classList.toggle('deleted', Boolean(post.deleted));
    this.#edited.hidden = post.edited === undefined || Boolean(post.deleted);
    this.#edited.title = post.edited === undefined ? '' : `Edited ${new Date(post.edited).toLocaleString()}: show the versions`;
    if (post.deleted) setText(this.#text, 'This post was deleted.');
    else this.#text.replaceChildren(...postText(post.text));
  }

  /** Shows that a repost was withdrawn, without moving what is below it. */
  withdraw(): void {
    this.root.style.minHeight = `${this.root.offsetHeight}px`;
    this.root.classList.add('withdrawn');
  }

  #repostedBy(): HTMLElement {
    const { user, name } = this.entry;
    return element('p', { class: 'muted by' }, '⇄ ', person(user, name), ' reposted');
  }

  #mark(mark: Mark, post: Post): HTMLButtonElement {
    const count = element('span', { class: 'number' });
    const word = element('span', { class: 'word' });
    const button = element(
      'button',
      {
        type: 'button',
        class: `act ${mark}`,
        click: () => this.#square.mark(mark, post.id, !this.#square.stateOf(this.#post, mark).on),
      },
      `${labels[mark][2]} `,
      word,
      ' ',
      count,
    );
    // A reply lives in its thread, and an own post is in the timelines already.
    button.hidden = mark === 'repost' && (post.thread !== undefined || post.user === this.#square.me);
    this.#marks.set(mark, { button, count, word });
    return button;
  }
}

function person(user: string, name: string): HTMLElement {
  return element('a', { class: 'person', href: `/social/@${encodeURIComponent(user)}` }, element('bdi', {}, shownName(name)));
}

function countText(count: number): string {
  return count === 0 ? '' : count.toLocaleString('en');
}
