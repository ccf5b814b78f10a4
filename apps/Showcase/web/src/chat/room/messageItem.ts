import { avatar } from '../../conversation/avatar';
import type { Quote, Reaction } from '../../conversation/message';
import { richText } from '../../conversation/richText';
import { element, setData, setText } from '../../page/element';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

const longCharacters = 700;
const longLines = 12;

/** The content of a message on the page. */
export interface Content {
  user: string;
  name: string;
  text: string;
  time: number;
  revision?: number;
  edited?: number;
  deleted?: boolean;
  reactions?: readonly Reaction[];
  quote?: Quote;
  replyTo?: number;
}

/** The people of the room, for mentions and for the own reactions. */
export interface Readers {
  me: { user: string; name: string };
  names: readonly string[];
}

export interface ItemActions {
  openMenu(button: HTMLElement): void;
  react(emoji: string, on: boolean): void;
  openQuote(id: number): void;
}

/** One message on the page. Date formatting is the most expensive step, so each date is formatted once. */
export class MessageItem {
  readonly root: HTMLElement;
  readonly foot = element('footer', { class: 'muted' });
  day = '';
  clock = '';
  readonly #name = element('h3', { dir: 'auto' });
  readonly #quote = element('div', { class: 'quote' });
  readonly #text: HTMLElement;
  readonly #reactions = element('ul', { 'class': 'reactions', 'aria-label': 'Reactions' });
  readonly #more = element('button', { 'type': 'button', 'class': 'link more', 'aria-expanded': 'false', 'click': () => this.#toggle() });
  readonly #menu: HTMLButtonElement;
  readonly #avatar: HTMLElement;
  readonly #actions: ItemActions;
  #time: number | undefined;
  #shown = '';

  constructor(content: Content, actions: ItemActions) {
    this.#actions = actions;
    this.#avatar = avatar(content.user, content.name);
    // Names and texts in Arabic or Hebrew are laid out from right to left within the page.
    this.#text = element('div', { class: 'text', dir: 'auto' });
    this.#menu = element(
      'button',
      {
        'type': 'button',
        'class': 'message-menu',
        'aria-label': 'Actions',
        'aria-haspopup': 'menu',
        'tabindex': -1,
        'click': () => this.openMenu(),
      },
      '⋯',
    );
    this.root = element(
      'article',
      { class: 'message', tabindex: -1 },
      this.#avatar,
      this.#name,
      this.#quote,
      element('div', { class: 'bubble' }, this.#text, this.#menu),
      this.#more,
      this.#reactions,
      this.foot,
    );
  }

  openMenu(): void {
    this.#actions.openMenu(this.#menu);
  }

  /** Draws the content; does nothing when it is drawn already. */
  setContent(content: Content, { me, names }: Readers): void {
    this.#setTime(content.time);
    const shown = JSON.stringify([content.revision, content.name, content.quote, me, names.length, content.deleted]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    setText(this.#name, content.name);
    this.#avatar.dataset.initials = avatar(content.user, content.name).dataset.initials;
    this.root.setAttribute('aria-label', `${content.name}, ${this.clock}`);
    const { text, deleted = false } = content;
    setData(this.root, 'deleted', deleted ? 'yes' : '');
    this.#menu.hidden = deleted;
    const parts = deleted ? ['This message was deleted.'] : richText(text, names, me.name);
    this.#text.replaceChildren(...parts);
    setData(this.root, 'mention', content.user !== me.user && this.#text.querySelector('.me-mentioned') ? 'yes' : '');
    const isLong = !deleted && (text.length > longCharacters || text.split('\n').length > longLines);
    this.#text.classList.toggle('cut', isLong);
    this.#more.hidden = !isLong;
    setText(this.#more, 'Show all');
    this.#paintQuote(content);
    this.#paintReactions(content.reactions ?? [], me.user);
  }

  show(look: { isMine: boolean; isGrouped: boolean; isLast: boolean; state: 'sent' | 'waiting' | 'refused' }): void {
    setData(this.root, 'mine', look.isMine ? 'yes' : '');
    setData(this.root, 'grouped', look.isGrouped ? 'yes' : '');
    setData(this.root, 'last', look.isLast ? 'yes' : '');
    setData(this.root, 'state', look.state);
  }

  /** Sets the footer: the time of the message and its readers. */
  setFoot(words: string): void {
    setText(this.foot, words);
  }

  // The server's time replaces the local one.
  #setTime(time: number): void {
    if (time === this.#time) return;
    this.#time = time;
    this.day = day.format(time);
    this.clock = clock.format(time);
    this.#text.title = `${this.day}, ${this.clock}`;
    this.#shown = '';
  }

  #paintQuote({ quote, replyTo }: Content): void {
    this.#quote.hidden = replyTo === undefined;
    if (replyTo === undefined) return;
    const words = quote === undefined ? 'an earlier message' : quote.text === '' ? 'deleted message' : quote.text;
    this.#quote.replaceChildren(
      element(
        'button',
        { type: 'button', class: 'link', click: () => this.#actions.openQuote(replyTo) },
        element('strong', {}, element('bdi', {}, quote?.name ?? '')),
        ' ',
        element('bdi', {}, words),
      ),
    );
  }

  #paintReactions(reactions: readonly Reaction[], me: string): void {
    const byEmoji = new Map<string, Reaction[]>();
    for (const reaction of reactions) byEmoji.set(reaction.emoji, [...(byEmoji.get(reaction.emoji) ?? []), reaction]);
    this.#reactions.hidden = byEmoji.size === 0;
    this.#reactions.replaceChildren(...[...byEmoji].map(([emoji, people]) => {
      const isMine = people.some(({ user }) => user === me);
      const names = people.map(({ name }) => name).join(', ');
      const button = {
        'type': 'button',
        'aria-pressed': String(isMine),
        'aria-label': `${emoji} ${names}`,
        'title': names,
        'click': () => this.#actions.react(emoji, !isMine),
      };
      return element('li', {}, element('button', button, emoji, ' ', element('span', { class: 'number' }, String(people.length))));
    }));
  }

  #toggle(): void {
    const isCut = this.#text.classList.toggle('cut');
    this.#more.setAttribute('aria-expanded', String(!isCut));
    setText(this.#more, isCut ? 'Show all' : 'Show less');
  }
}
