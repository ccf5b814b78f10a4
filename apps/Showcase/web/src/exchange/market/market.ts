import { painter } from '../../page/painter';
import { Book } from './book';
import { Candles, type Interval } from './candles';
import { formatUnits, parseUnits } from './decimal';
import type { Instrument } from './symbol';
import { Tape } from './tape';
import type { Ticker } from './ticker';

export type Topic
  = | 'last'
    | 'book'
    | 'tape'
    | 'history'
    | 'candle'
    | 'ticker'
    | 'tickers'
    | 'account'
    | 'live';

/**
 * Everything the page knows about one market. Messages change it and touch topics; what draws a topic is marked and
 * drawn in the next frame, so all panels show the same moment.
 */
export class Market {
  readonly instrument: Instrument;
  readonly instruments: readonly Instrument[];
  readonly book: Book;
  readonly tape = new Tape();
  readonly tickers = new Map<string, Ticker>();
  candles: Candles;
  /** False from a change of interval until its history is here. */
  hasHistory = false;
  /** Set while what is shown may be out of date: from the loss of the connection until the data is here again. */
  staleSince: number | undefined;
  /** Milliseconds by which what is shown is late, when that is too much to act on. */
  lateBy: number | undefined;

  /** The last price in ticks and as it is shown, and where it moved to from the price before. */
  last: { price: number; text: string; direction: 'up' | 'down' | 'none' } | undefined;

  readonly #paints = new Map<Topic, (() => void)[]>();
  readonly #atOnce = new Map<Topic, (() => void)[]>();

  constructor(instrument: Instrument, instruments: readonly Instrument[], interval: Interval) {
    this.instrument = instrument;
    this.instruments = instruments;
    this.book = new Book(instrument);
    this.candles = new Candles(interval);
  }

  /** Draws in the frame after any of the topics was touched. */
  draw(topics: Topic[], paint: () => void): void {
    for (const topic of topics) append(this.#paints, topic, paint);
    painter.mark(paint);
  }

  /** Runs at once when the topic is touched: for what schedules its own drawing. */
  follow(topic: Topic, run: () => void): void {
    append(this.#atOnce, topic, run);
  }

  touch(topic: Topic): void {
    for (const run of this.#atOnce.get(topic) ?? []) run();
    for (const paint of this.#paints.get(topic) ?? []) painter.mark(paint);
  }

  /** The last price is that of the newest trade; where there is none, the ticker's. */
  noticeLast(): void {
    const text = this.tape.last?.price ?? this.tickers.get(this.instrument.symbol)?.last;
    const price = text === undefined ? Number.NaN : parseUnits(text, this.instrument.pricePlaces);
    if (Number.isNaN(price) || price === this.last?.price) return;
    const before = this.last?.price ?? price;
    const shown = formatUnits(price, this.instrument.pricePlaces, true);
    this.last = { price, text: shown, direction: price > before ? 'up' : price < before ? 'down' : 'none' };
    this.touch('last');
  }
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
