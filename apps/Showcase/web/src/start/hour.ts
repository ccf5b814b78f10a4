import type { Kline } from '../exchange/market/candles';

const minuteMilliseconds = 60_000;
const minutes = 60;

/**
 * The closing prices of the last hour. Only missing minutes are loaded, because the whole hour is large on a slow line.
 * A restart of the server replaces the market: the loaded minutes then differ from the known ones.
 */
export class Hour {
  #candles: Pick<Kline, 'openTime' | 'close'>[] = [];

  get closes(): number[] {
    return this.#candles.map(({ close }) => Number(close));
  }

  /** Returns how many minutes to load: the last known minute that was closed, and all that follow it. */
  missing(serverTime: number): number {
    const closed = this.#candles.at(-2);
    if (!closed) return minutes;
    return Math.min(minutes, Math.max(2, Math.floor((serverTime - closed.openTime) / minuteMilliseconds) + 1));
  }

  /** Adds the loaded minutes, oldest first. False when they do not continue the known ones: the hour is then empty. */
  add(loaded: readonly Kline[]): boolean {
    const first = loaded[0];
    if (!first) return true;
    const index = this.#candles.findIndex(({ openTime }) => openTime === first.openTime);
    const known = this.#candles[index];
    if (this.#candles.length > 0 && loaded.length < minutes && known?.close !== first.close) {
      this.#candles = [];
      return false;
    }
    this.#candles = [...(loaded.length < minutes ? this.#candles.slice(0, index) : []), ...loaded].slice(-minutes);
    return true;
  }
}
