import { element, setText } from '../../page/element';

const pageSize = 25;

/** Shows the rows of a list one page at a time. */
export class Pager {
  readonly root: HTMLElement;
  readonly #newer: HTMLButtonElement;
  readonly #older: HTMLButtonElement;
  readonly #range = element('span', { 'class': 'number', 'aria-live': 'polite' });
  #page = 0;

  constructor(turned: () => void) {
    const turn = (step: number) => () => {
      this.#page += step;
      turned();
    };
    this.#newer = element('button', { type: 'button', class: 'button', click: turn(-1) }, 'Newer');
    this.#older = element('button', { type: 'button', class: 'button', click: turn(1) }, 'Older');
    this.root = element('div', { class: 'pager muted', hidden: true }, this.#newer, this.#range, this.#older);
  }

  /** Returns to the first page. */
  rewind(): void {
    this.#page = 0;
  }

  hide(): void {
    this.root.hidden = true;
  }

  /** Returns the rows of the current page, and shows which of all they are. */
  pageOf<T>(rows: readonly T[]): readonly T[] {
    this.#page = Math.max(0, Math.min(this.#page, Math.ceil(rows.length / pageSize) - 1));
    const from = this.#page * pageSize;
    const page = rows.slice(from, from + pageSize);
    this.root.hidden = rows.length <= pageSize;
    this.#newer.disabled = from === 0;
    this.#older.disabled = from + pageSize >= rows.length;
    setText(this.#range, `${from + 1}–${from + page.length} of ${rows.length}`);
    return page;
  }
}
