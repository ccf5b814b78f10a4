import { type Interval, openTimeOf } from './interval';
import type { Trade } from './tape';

/** A candle in the server's format. */
export interface Kline {
  openTime: number;
  open: string;
  high: string;
  low: string;
  close: string;
  volume: string;
  count?: number;
  closed?: boolean;
}

/** A candle for drawing, as floating-point numbers: pixels do not need exact decimals. */
export interface Candle {
  openTime: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
}

function candleOf(kline: Kline): Candle {
  return {
    openTime: kline.openTime,
    open: Number(kline.open),
    high: Number(kline.high),
    low: Number(kline.low),
    close: Number(kline.close),
    volume: Number(kline.volume),
  };
}

/**
 * The candles of one interval: the history and the server's live candle, to which every trade is applied, so the close
 * always equals the last price, even between two candles of the server.
 */
export class Candles {
  readonly interval: Interval;
  readonly #candles: Candle[] = [];
  #lastTrade: Trade | undefined;
  /** A version that changes when candles are replaced or prepended, so that drawn candles are invalidated. */
  version = 0;

  constructor(interval: Interval) {
    this.interval = interval;
  }

  get all(): readonly Candle[] {
    return this.#candles;
  }

  get last(): Candle | undefined {
    return this.#candles.at(-1);
  }

  /** Loads the server's candles; `newest` is the last trade that belongs to them. */
  load(klines: readonly Kline[], newest?: Trade): void {
    this.version++;
    this.#candles.length = 0;
    for (const kline of klines) this.#candles.push(candleOf(kline));
    this.#lastTrade = newest;
    if (newest) this.trade(newest);
  }

  /** Adds older candles before the loaded ones. */
  prepend(klines: readonly Kline[]): void {
    this.version++;
    const first = this.#candles[0]?.openTime ?? Number.POSITIVE_INFINITY;
    this.#candles.unshift(...klines.filter((kline) => kline.openTime < first).map(candleOf));
  }

  /** Applies the server's live candle. Returns false when it is older than the last candle and changed nothing. */
  apply(kline: Kline): boolean {
    const candle = candleOf(kline);
    const last = this.last;
    if (last && candle.openTime < last.openTime) {
      const position = this.#candles.findLastIndex((other) => other.openTime === candle.openTime);
      if (position !== -1) this.#candles[position] = candle;
      return false;
    }
    if (last?.openTime === candle.openTime) this.#candles[this.#candles.length - 1] = candle;
    else this.#candles.push(candle);
    if (this.#lastTrade) this.trade(this.#lastTrade);
    return true;
  }

  /** Applies a trade, which moves the last candle's close or opens the next candle. */
  trade(trade: Trade): void {
    this.#lastTrade = trade;
    const last = this.last;
    if (!last) return;
    const price = Number(trade.price);
    const openTime = openTimeOf(this.interval, trade.time);
    if (openTime === last.openTime) {
      last.close = price;
      last.high = Math.max(last.high, price);
      last.low = Math.min(last.low, price);
    } else if (openTime > last.openTime) {
      const volume = Number(trade.quantity);
      this.#candles.push({ openTime, open: price, high: price, low: price, close: price, volume });
    }
  }
}
