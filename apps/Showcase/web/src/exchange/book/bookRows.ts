import { element, setData, setText } from '../../page/element';
import { formatUnits } from '../market/decimal';
import type { GroupedLevel } from '../market/grouping';
import type { Instrument } from '../market/symbol';

interface Row {
  root: HTMLElement;
  bar: HTMLElement;
  price: HTMLElement;
  quantity: HTMLElement;
  total: HTMLElement;
}

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
      const bar = element('i');
      const price = element('span', { class: 'price' });
      const quantity = element('span');
      const total = element('span');
      const root = element(
        'div',
        { 'class': 'row', 'data-row': this.#rows.length },
        bar,
        price,
        quantity,
        total,
      );
      this.#rows.push({ root, bar, price, quantity, total });
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
    const { quantityPlaces } = this.#instrument;
    for (const [index, row] of this.#rows.entries()) {
      const level = levels[index];
      if (!level) {
        setText(row.price, '');
        setText(row.quantity, '');
        setText(row.total, '');
        row.bar.style.transform = 'scaleX(0)';
        setData(row.root, 'own', '');
        setData(row.root, 'price', '');
        continue;
      }
      const exact = formatUnits(level.price, this.#instrument.pricePlaces);
      setText(
        row.price,
        formatUnits(level.price / 10 ** (this.#instrument.pricePlaces - pricePlaces), pricePlaces, true),
      );
      setText(row.quantity, formatUnits(level.quantity, quantityPlaces, true));
      setText(row.total, formatUnits(level.total, quantityPlaces, true));
      const width = `scaleX(${(largest === 0 ? 0 : level.total / largest).toFixed(4)})`;
      if (row.bar.style.transform !== width) row.bar.style.transform = width;
      setData(row.root, 'own', own.has(level.price) ? 'yes' : '');
      setData(row.root, 'price', exact);
      setData(row.root, 'marked', index < marked ? (index === marked - 1 ? 'last' : 'yes') : '');
    }
  }

  rowAt(index: number): HTMLElement | undefined {
    return this.#rows[index]?.root;
  }
}
