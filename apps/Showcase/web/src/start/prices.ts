import type { Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import type { Kline } from '../exchange/market/candles';
import { type Instrument, instrumentOf, type SymbolInfo } from '../exchange/market/symbol';
import { oncePerSecond, type Ticker } from '../exchange/market/ticker';
import { Hour } from './hour';

const retryMilliseconds = 1000;

/** A market with its latest ticker and its last hour. */
export interface Quote {
  readonly instrument: Instrument;
  readonly hour: Hour;
  readonly subscription: Subscription;
  ticker?: Ticker;
}

/** The prices of all markets, subscribed while a part of the page wants them: the latest of each second, or all. */
export class Prices {
  quotes: Quote[] = [];

  readonly #connection: Connection;
  readonly #wanting = new Set<string>();
  readonly #listeners = new Set<(arrived?: Ticker) => void>();
  #data: unknown = oncePerSecond;
  #isLoading = false;

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.client.on('connected', () => void this.#load());
  }

  /** Registers a callback for changes. It receives the ticker when one was published. */
  onChange(listener: (arrived?: Ticker) => void): void {
    this.#listeners.add(listener);
  }

  /** Subscribes while a part of the page wants the prices. */
  want(part: string, isWanted: boolean): void {
    if (isWanted) this.#wanting.add(part);
    else this.#wanting.delete(part);
    for (const quote of this.quotes) this.#apply(quote);
  }

  /** Chooses whether every published price arrives, or the latest of each second. */
  chooseEvery(isEvery: boolean): void {
    this.#data = isEvery ? {} : oncePerSecond;
    for (const { subscription } of this.quotes) {
      subscription.setData(this.#data);
      // A subscription takes its pace when it begins.
      subscription.unsubscribe();
    }
    for (const quote of this.quotes) this.#apply(quote);
  }

  /** Returns the number of prices that the server has skipped for this page since the subscriptions began. */
  async skipped(): Promise<number> {
    const replies = await Promise.all(this.quotes.map(({ subscription: { channel } }) =>
      this.#connection.client.rpc('duplex.subscription', { channel })));
    return replies.reduce((sum, { data }) => sum + (data as { skipped: number }).skipped, 0);
  }

  #apply({ subscription }: Quote): void {
    if (this.#wanting.size > 0) subscription.subscribe();
    else subscription.unsubscribe();
  }

  async #load(): Promise<void> {
    if (this.#isLoading || this.quotes.length > 0) return;
    this.#isLoading = true;
    const info = await this.#call('exchange.info', {});
    this.#isLoading = false;
    if (!info) return;
    this.quotes = (info as { symbols: SymbolInfo[] }).symbols.map((symbol) => this.#follow(instrumentOf(symbol)));
    for (const quote of this.quotes) this.#apply(quote);
    this.#changed();
  }

  #follow(instrument: Instrument): Quote {
    const subscription = this.#connection.client.newSubscription(`ticker:${instrument.symbol}`, { data: this.#data });
    const quote: Quote = { instrument, hour: new Hour(), subscription };
    subscription.on('subscribed', ({ data }) => {
      if (data) quote.ticker = data as Ticker;
      this.#changed();
      void this.#loadHour(quote);
    });
    subscription.on('publication', ({ data }) => {
      quote.ticker = data as Ticker;
      this.#changed(quote.ticker);
    });
    return quote;
  }

  async #loadHour({ instrument: { symbol }, hour, ticker }: Quote): Promise<void> {
    for (let isContinued = false; !isContinued;) {
      const limit = hour.missing(ticker?.time ?? 0);
      const reply = await this.#call('exchange.klines', { symbol, interval: '1m', limit });
      if (!reply) return;
      isContinued = hour.add((reply as { klines: Kline[] }).klines);
    }
    this.#changed();
  }

  /** Repeats a call until it succeeds; undefined when the connection is lost, because the next connect begins anew. */
  async #call(method: string, parameters: unknown): Promise<unknown> {
    while (this.#connection.state === 'connected') {
      try {
        return (await this.#connection.client.rpc(method, parameters)).data;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, retryMilliseconds));
      }
    }
    return undefined;
  }

  #changed(arrived?: Ticker): void {
    for (const listener of this.#listeners) listener(arrived);
  }
}
