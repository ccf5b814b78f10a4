import type { Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import type { Ticker } from '../exchange/market/ticker';
import type { Quote } from './model/messages';
import { exchangeSector } from './model/selection';
import type { QuoteTable } from './model/table';
import { call } from './server';

const markets = [
  { symbol: 'SOLUSDT', name: 'SOL/USDT' },
  { symbol: 'BTCUSDT', name: 'BTC/USDT' },
  { symbol: 'ETHUSDT', name: 'ETH/USDT' },
] as const;

/** Returns the prices of a market in the last 24 hours, the change of which its ticker contains. */
export async function pastOfMarket(symbol: string): Promise<readonly number[]> {
  const { klines } = (await call('exchange.klines', { symbol, interval: '15m', limit: 96 })) as { klines: readonly { close: string }[] };
  return klines.map(({ close }) => Number(close));
}

/** The three markets of the exchange, with the prices of its own channels: real trades of this server. */
export class ExchangeMarkets {
  readonly #connection: Connection;
  readonly #table: QuoteTable;
  readonly #take: (quotes: readonly Quote[], isPublished: boolean) => void;
  #subscriptions: Subscription[] = [];
  #delay = 0;

  constructor(
    connection: Connection,
    table: QuoteTable,
    take: (quotes: readonly Quote[], isPublished: boolean) => void,
  ) {
    this.#connection = connection;
    this.#table = table;
    this.#take = take;
    for (const { symbol, name } of markets) table.add({ symbol, name, sector: exchangeSector, perSecond: 1 });
  }

  /** Subscribes to the tickers at a pace, or ends the subscriptions. */
  want(isWanted: boolean, delay: number): void {
    const wanted = isWanted ? delay : 0;
    if (wanted === this.#delay) return;
    this.#delay = wanted;
    for (const subscription of this.#subscriptions) this.#connection.end(subscription);
    this.#subscriptions = isWanted ? markets.map(({ symbol }) => this.#follow(symbol, delay)) : [];
  }

  #follow(symbol: string, delay: number): Subscription {
    const data = { pace: { delay_ms: delay, latest: true } };
    const subscription = this.#connection.client.newSubscription(`ticker:${symbol}`, { data });
    subscription.on('subscribed', ({ data }) => this.#arrived(data as Ticker | undefined, false));
    subscription.on('publication', ({ data }) => this.#arrived(data as Ticker, true));
    subscription.subscribe();
    return subscription;
  }

  // A market without trades has no price.
  #arrived(ticker: Ticker | undefined, isPublished: boolean): void {
    if (!ticker || ticker.count === 0) return;
    const row = this.#table.rows.get(ticker.symbol);
    if (row) row.open = Number(ticker.open);
    this.#take([{ s: ticker.symbol, p: ticker.last, t: ticker.time }], isPublished);
  }
}
