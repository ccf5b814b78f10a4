import { element, setData, setText } from '../../page/element';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** One message on the page. Formatting a date costs more than anything else here, so it happens once. */
export class MessageItem {
  readonly root: HTMLElement;
  readonly foot = element('footer', { class: 'muted' });
  day = '';
  clock = '';
  readonly #name: string;
  readonly #text: HTMLElement;
  #time: number | undefined;

  constructor(name: string, text: string) {
    this.#name = name;
    // A name or a text in Arabic or Hebrew runs from right to left within the page.
    this.#text = element('p', { class: 'text', dir: 'auto' }, text);
    this.root = element('article', { class: 'message' }, element('h3', { dir: 'auto' }, name), this.#text, this.foot);
  }

  /** When it was written; the server's word replaces this computer's. */
  setTime(time: number): void {
    if (time === this.#time) return;
    this.#time = time;
    this.day = day.format(time);
    this.clock = clock.format(time);
    this.#text.title = `${this.day}, ${this.clock}`;
    this.root.setAttribute('aria-label', `${this.#name}, ${this.clock}`);
  }

  show(look: { isMine: boolean; isGrouped: boolean; isLast: boolean; state: 'sent' | 'waiting' | 'refused' }): void {
    setData(this.root, 'mine', look.isMine ? 'yes' : '');
    setData(this.root, 'grouped', look.isGrouped ? 'yes' : '');
    setData(this.root, 'last', look.isLast ? 'yes' : '');
    setData(this.root, 'state', look.state);
  }

  /** What stands below: when it was written, and by whom it was read. */
  setFoot(words: string): void {
    setText(this.foot, words);
  }
}
