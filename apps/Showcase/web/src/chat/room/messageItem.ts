import { element, setData, setText } from '../../page/element';

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

const longCharacters = 700;
const longLines = 12;

/** One message on the page. Formatting a date costs more than anything else here, so it happens once. */
export class MessageItem {
  readonly root: HTMLElement;
  readonly foot = element('footer', { class: 'muted' });
  day = '';
  clock = '';
  readonly #name = element('h3', { dir: 'auto' });
  readonly #text: HTMLElement;
  #time: number | undefined;

  constructor(text: string) {
    // A name or a text in Arabic or Hebrew runs from right to left within the page.
    this.#text = element('p', { class: 'text', dir: 'auto' }, text);
    this.root = element('article', { class: 'message' }, this.#name, this.#text);
    if (isLong(text)) this.root.append(this.#more());
    this.root.append(this.foot);
  }

  /** The author's name, which may come to be shown with more once somebody else has the same. */
  setName(name: string): void {
    if (this.#name.textContent === name) return;
    setText(this.#name, name);
    this.#label();
  }

  /** When it was written; the server's word replaces this computer's. */
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

  /** What stands below: when it was written, and by whom it was read. */
  setFoot(words: string): void {
    setText(this.foot, words);
  }

  #label(): void {
    this.root.setAttribute('aria-label', `${this.#name.textContent}, ${this.clock}`);
  }

  /** A long text shows its beginning, and the rest on demand. */
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
