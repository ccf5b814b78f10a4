import { painter } from '../../page/painter';
import { Book } from './book';
import { Candles } from './candles';
import { formatUnits, parseUnits } from './decimal';
import type { FeedMode } from './feedChoice';
import type { Interval } from './interval';
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
 * The state of one market. Messages change it and touch topics; the drawings of a topic are marked and run in one
 * frame, so all panels show the same state.
 */
export class Market {
  readonly instrument: Instrument;
  readonly instruments: readonly Instrument[];
  readonly book: Book;
  readonly tape = new Tape();
  readonly tickers = new Map<string, Ticker>();
  candles: Candles;
  /** The feed that the line carries. */
  feed: FeedMode = 'full';
  /** Whether the history of the current interval is loaded. */
  hasHistory = false;
  /** Whether this connection has delivered the market's book, trades and ticker. */
  isLive = false;
  /** The time since which the data may be out of date: set from the loss of the connection until it is reloaded. */
  staleSince: number | undefined;
  /** The lateness of the data in milliseconds when it is too old to act on, otherwise undefined. */
  lateBy: number | undefined;

  /** The last price in ticks and as displayed text, and its direction relative to the previous price. */
  last: { price: number; text: string; direction: 'up' | 'down' | 'none' } | undefined;

  readonly #paints = new Map<Topic, (() => void)[]>();
  readonly #atOnce = new Map<Topic, (() => void)[]>();

  constructor(instrument: Instrument, instruments: readonly Instrument[], interval: Interval) {
    this.instrument = instrument;
    this.instruments = instruments;
    this.book = new Book(instrument);
    this.candles = new Candles(interval);
  }

  /** Registers a drawing that runs in the next frame after any of the topics was touched. */
  draw(topics: Topic[], paint: () => void): void {
    for (const topic of topics) append(this.#paints, topic, paint);
    painter.mark(paint);
  }

  /** Registers a callback that runs at once when the topic is touched, for views that schedule their own drawing. */
  follow(topic: Topic, run: () => void): void {
    append(this.#atOnce, topic, run);
  }

  /** Marks the drawings of a topic. Drawings that are not urgent wait for others for up to 100 ms. */
  touch(topic: Topic, isUrgent = true): void {
    for (const run of this.#atOnce.get(topic) ?? []) run();
    for (const paint of this.#paints.get(topic) ?? []) painter.mark(paint, isUrgent);
  }

  /** Updates the last price from the newest trade, or from the ticker when there are no trades. */
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
