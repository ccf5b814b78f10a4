import { element, setData, setText } from '../../page/element';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

const longCharacters = 700;
const longLines = 12;

/** One message on the page. Date formatting is the most expensive step, so each date is formatted once. */
export class MessageItem {
  readonly root: HTMLElement;
  readonly foot = element('footer', { class: 'muted' });
  day = '';
  clock = '';
  readonly #name = element('h3', { dir: 'auto' });
  readonly #text: HTMLElement;
  #time: number | undefined;

  constructor(text: string) {
    // Names and texts in Arabic or Hebrew are laid out from right to left within the page.
    this.#text = element('p', { class: 'text', dir: 'auto' }, text);
    this.root = element('article', { class: 'message' }, this.#name, this.#text);
    if (isLong(text)) this.root.append(this.#more());
    this.root.append(this.foot);
  }

  /** Sets the author's display name, which gets a suffix when another user has the same name. */
  setName(name: string): void {
    if (this.#name.textContent === name) return;
    setText(this.#name, name);
    this.#label();
  }

  /** Sets the time of the message; the server's time replaces the local one. */
  setTime(time: number): void {
    if (time === this.#time) return;
    this.#time = time;
    this.day = day.format(time);
    this.clock = clock.format(time);
    this.#text.title = `${this.day}, ${this.clock}`;
    this.#label();
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

  #label(): void {
    this.root.setAttribute('aria-label', `${this.#name.textContent}, ${this.clock}`);
  }

  /** Collapses a long text and adds a button that expands it. */
  #more(): HTMLElement {
    this.#text.classList.add('cut');
    const button = element(
      'button',
      {
        'type': 'button',
        'class': 'link more',
        'aria-expanded': 'false',
        'click': () => {
          const isCut = this.#text.classList.toggle('cut');
          button.setAttribute('aria-expanded', String(!isCut));
          setText(button, isCut ? 'Show all' : 'Show less');
        },
      },
      'Show all',
    );
    return button;
  }
}

function isLong(text: string): boolean {
  return text.length > longCharacters || text.split('\n').length > longLines;
}
