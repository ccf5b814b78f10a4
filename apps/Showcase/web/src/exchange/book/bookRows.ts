import { element, setData, setText } from '../../page/element';
import { formatUnits } from '../market/decimal';
import type { GroupedLevel } from '../market/grouping';
import type { Instrument } from '../market/symbol';

interface Row {
  root: HTMLElement;
  price: HTMLElement;
  quantity: HTMLElement;
  total: HTMLElement;
  /** What the row shows, to compare with before anything is formatted. */
  shows: { price: number; quantity: number; total: number; places: number; bar: string };
}

const nothing = { price: Number.NaN, quantity: Number.NaN, total: Number.NaN, places: 0, bar: '' };

/** The rows of one side. They are created once and refilled, so the height of the book never changes. */
export class BookRows {
  readonly root: HTMLElement;
  readonly #rows: Row[] = [];
  readonly #instrument: Instrument;
  levels: readonly GroupedLevel[] = [];

  constructor(side: 'bids' | 'asks', instrument: Instrument) {
    this.#instrument = instrument;
    this.root = element('div', { 'class': `rows ${side}`, 'data-side': side });
  }

  resize(count: number): void {
    while (this.#rows.length > count) this.#rows.pop()?.root.remove();
    while (this.#rows.length < count) {
      const price = element('span', { class: 'price' });
      const quantity = element('span');
      const total = element('span');
      const root = element(
        'div',
        { 'class': 'row', 'data-row': this.#rows.length },
        price,
        quantity,
        total,
      );
      this.#rows.push({ root, price, quantity, total, shows: { ...nothing } });
      this.root.append(root);
    }
  }

  /** Paints the levels. `largest` is the total that fills the width, and `own` holds the prices with own orders. */
  paint(
    levels: readonly GroupedLevel[],
    largest: number,
    pricePlaces: number,
    own: ReadonlySet<number>,
    marked: number,
  ): void {
    this.levels = levels;
    for (const [index, row] of this.#rows.entries()) {
      const level = levels[index];
      if (level) this.#fill(row, level, pricePlaces);
      else empty(row);
      const share = level && largest > 0 ? level.total / largest : 0;
      const bar = `${(share * 100).toFixed(1)}% 100%`;
      // The bar is the row's background: an element of its own would be a layer in each row.
      if (row.shows.bar !== bar) row.root.style.backgroundSize = row.shows.bar = bar;
      setData(row.root, 'own', level && own.has(level.price) ? 'yes' : '');
      setData(row.root, 'marked', level && index < marked ? (index === marked - 1 ? 'last' : 'yes') : '');
    }
  }

  #fill({ root, price, quantity, total, shows }: Row, level: GroupedLevel, places: number): void {
    const { pricePlaces, quantityPlaces } = this.#instrument;
    if (shows.price !== level.price || shows.places !== places) {
      setText(price, formatUnits(level.price / 10 ** (pricePlaces - places), places, true));
      setData(root, 'price', formatUnits(level.price, pricePlaces));
    }
    if (shows.quantity !== level.quantity) setText(quantity, formatUnits(level.quantity, quantityPlaces, true));
    if (shows.total !== level.total) setText(total, formatUnits(level.total, quantityPlaces, true));
    shows.price = level.price;
    shows.quantity = level.quantity;
    shows.total = level.total;
    shows.places = places;
  }

  rowAt(index: number): HTMLElement | undefined {
    return this.#rows[index]?.root;
  }
}

function empty(row: Row): void {
  for (const node of [row.price, row.quantity, row.total]) setText(node, '');
  setData(row.root, 'price', '');
  row.shows = { ...nothing, bar: row.shows.bar };
}
