import { changeOf, type Row } from './table';

export const columns = ['symbol', 'sector', 'price', 'change', 'age'] as const;

export type Column = (typeof columns)[number];

export interface Sort {
  readonly column: Column;
  readonly isDescending: boolean;
}

const patienceMilliseconds = 2000;

const compare: Readonly<Record<Column, (a: Row, b: Row) => number>> = {
  symbol: (a, b) => a.symbol.localeCompare(b.symbol),
  sector: (a, b) => a.sector.localeCompare(b.sector),
  price: (a, b) => a.price - b.price,
  change: (a, b) => (changeOf(a) ?? Number.NEGATIVE_INFINITY) - (changeOf(b) ?? Number.NEGATIVE_INFINITY),
  age: (a, b) => b.time - a.time,
};

/** Returns the rows in an order; rows that are equal in it stay in the order of their symbols. */
export function sorted(rows: Iterable<Row>, { column, isDescending }: Sort): Row[] {
  const sign = isDescending ? -1 : 1;
  return [...rows].sort((a, b) => sign * compare[column](a, b) || a.symbol.localeCompare(b.symbol));
}

/**
 * Decides when the order of a table may change by itself: at most every two seconds, and never while it is held because
 * the pointer or the focus is on it.
 */
export class OrderKeeper {
  isHeld = false;
  #changedAt = Number.NEGATIVE_INFINITY;

  /** Returns whether the rows may be ordered anew now, and counts it as a change. */
  mayChange(now: number): boolean {
    if (this.isHeld || now - this.#changedAt < patienceMilliseconds) return false;
    this.#changedAt = now;
    return true;
  }

  /** The person chose another order or other rows. */
  changed(now: number): void {
    this.#changedAt = now;
  }
}
