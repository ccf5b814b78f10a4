import { element, setData, setText } from '../../page/element';
import { Sparkline } from '../../page/sparkline';
import { showAge } from '../model/age';
import { changeOf, type Row, showChange } from '../model/table';

const tintMilliseconds = 300;

/** A row of the table. It is drawn only while it is on the screen. */
export class RowView {
  readonly root: HTMLElement;
  readonly row: Row;
  past: readonly number[] = [];
  pastAt = Number.NEGATIVE_INFINITY;

  readonly #price = element('span', { role: 'gridcell', class: 'number price' }, '–');
  readonly #change = element('span', { role: 'gridcell', class: 'number change' }, '–');
  readonly #age = element('span', { role: 'gridcell', class: 'number age' }, '');
  readonly #line = new Sparkline();
  #drawnAt = 0;

  constructor(row: Row) {
    this.row = row;
    this.root = element(
      'div',
      { 'role': 'row', 'class': 'row', 'tabindex': -1, 'data-symbol': row.symbol },
      element('span', { role: 'gridcell', class: 'symbol' }, row.symbol),
      element('span', { role: 'gridcell', class: 'name muted' }, row.name),
      element('span', { role: 'gridcell', class: 'sector muted' }, row.sector),
      this.#price,
      this.#change,
      element('span', { role: 'gridcell', class: 'picture' }, this.#line.root),
      this.#age,
    );
  }

  /** Draws the price and the change. A price that has moved since it was drawn is tinted for a moment. */
  draw(): void {
    const { row } = this;
    if (row.time === 0) return;
    setText(this.#price, row.text);
    const { text, direction } = showChange(changeOf(row));
    setText(this.#change, text);
    setData(this.#change, 'direction', direction);
    if (this.#drawnAt !== 0 && this.#drawnAt !== row.time && row.moved !== '') this.#tint(row.moved);
    this.#drawnAt = row.time;
  }

  /** Draws the age, and marks a price that is late. */
  drawAge(age: number | undefined, isLate: boolean): void {
    setText(this.#age, age === undefined || this.row.time === 0 ? '–' : showAge(age));
    setData(this.root, 'late', isLate && this.row.time !== 0 ? 'yes' : '');
  }

  drawPast(): void {
    if (this.past.length === 0 || this.row.time === 0) return;
    const first = this.past[0] ?? 0;
    setData(this.root, 'trend', this.row.price > first ? 'up' : this.row.price < first ? 'down' : '');
    this.#line.draw([...this.past, this.row.price]);
  }

  #tint(direction: 'up' | 'down'): void {
    const from = { backgroundColor: `color-mix(in srgb, var(--${direction}) 28%, transparent)` };
    this.#price.animate([from, { backgroundColor: 'transparent' }], tintMilliseconds);
  }
}
