import { BookSide } from './bookSide';
import { parseUnits } from './decimal';
import type { Instrument } from './symbol';

type Level = [price: string, quantity: string];

export interface BookSnapshot {
  id: number;
  bids: Level[];
  asks: Level[];
}

export interface BookChange {
  first: number;
  last: number;
  time: number;
  bids: Level[];
  asks: Level[];
}

export type BookVerdict = 'applied' | 'old' | 'gap' | 'waiting';

const keptLevels = 2000;

/**
 * A local copy of the order book: a snapshot and every numbered change after it. A change that does not follow the last
 * one is a gap, which the book reports before it waits for a new snapshot.
 */
export class Book {
  readonly bids = new BookSide('bids');
  readonly asks = new BookSide('asks');
  readonly #instrument: Instrument;

  /** The id of the last included change. */
  lastId = 0;
  isLoaded = false;
  gaps = 0;
  changes = 0;

  constructor(instrument: Instrument) {
    this.#instrument = instrument;
  }

  load(snapshot: BookSnapshot): void {
    this.bids.clear();
    this.asks.clear();
    this.#apply(this.bids, snapshot.bids);
    this.#apply(this.asks, snapshot.asks);
    this.lastId = snapshot.id;
    this.isLoaded = true;
  }

  apply(change: BookChange): BookVerdict {
    if (!this.isLoaded) return 'waiting';
    if (change.last <= this.lastId) return 'old';
    if (change.first > this.lastId + 1) {
      this.gaps++;
      this.isLoaded = false;
      return 'gap';
    }
    this.#apply(this.bids, change.bids);
    this.#apply(this.asks, change.asks);
    this.bids.trim(keptLevels);
    this.asks.trim(keptLevels);
    this.changes += change.bids.length + change.asks.length;
    this.lastId = change.last;
    return 'applied';
  }

  #apply(side: BookSide, levels: Level[]): void {
    const { pricePlaces, quantityPlaces } = this.#instrument;
    for (const [price, quantity] of levels)
      side.set(parseUnits(price, pricePlaces), parseUnits(quantity, quantityPlaces));
  }
}
