import type { BoardInfo, ListedInstrument, Quote } from './messages';

/** An instrument with its latest price. */
export interface Row {
  readonly symbol: string;
  readonly name: string;
  readonly sector: string;
  /** The price with which the change is compared; undefined before it is known. */
  open: number | undefined;
  readonly perSecond: number;
  /** The price as the server wrote it; empty before the first one. */
  text: string;
  price: number;
  /** The time of the price; 0 before the first one. */
  time: number;
  moved: 'up' | 'down' | '';
}

/** The latest price of every instrument, whatever was skipped on the way. */
export class QuoteTable {
  readonly rows = new Map<string, Row>();
  session = 0;
  /** The number of quotes that were published to this page. */
  received = 0;
  /** The number of those that were published in the last second. */
  lastSecond = 0;
  #counted = 0;

  /** Takes the instruments; prices that are known already stay. */
  list({ session, instruments }: BoardInfo): void {
    this.session = session;
    for (const instrument of instruments) this.add(instrument).open = Number(instrument.open);
  }

  /** Returns the row of an instrument, and creates it when it is missing. */
  add({ symbol, name, sector, perSecond }: Omit<ListedInstrument, 'open'>): Row {
    const known = this.rows.get(symbol);
    if (known) return known;
    const row: Row = { symbol, name, sector, perSecond, open: undefined, text: '', price: 0, time: 0, moved: '' };
    this.rows.set(symbol, row);
    return row;
  }

  /** Counts the quotes of the second that has passed; called once a second. */
  tick(): void {
    this.lastSecond = this.received - this.#counted;
    this.#counted = this.received;
  }

  /**
   * Takes a price unless a newer one is known. Those with which a subscription begins replace all earlier ones, also
   * those of a server whose clock was ahead. Returns the row when the price is new.
   */
  take({ s, p, t }: Quote, isPublished: boolean): Row | undefined {
    const row = this.rows.get(s);
    if (isPublished) this.received++;
    if (!row || (isPublished && t <= row.time)) return undefined;
    const price = Number(p);
    row.moved = row.time === 0 || price === row.price ? '' : price > row.price ? 'up' : 'down';
    row.text = p;
    row.price = price;
    row.time = t;
    return row;
  }
}

/** Returns the change in percent; undefined before the price and the opening price are known. */
export function changeOf({ price, open, time }: Row): number | undefined {
  return time === 0 || !open ? undefined : (price / open - 1) * 100;
}

/** Returns the sign, the number and the direction of a change. */
export function showChange(change: number | undefined): { text: string; direction: 'up' | 'down' | '' } {
  if (change === undefined) return { text: '–', direction: '' };
  const text = `${Math.abs(change).toFixed(2)}%`;
  if (text === '0.00%') return { text, direction: '' };
  return change > 0 ? { text: `+${text}`, direction: 'up' } : { text: `-${text}`, direction: 'down' };
}
