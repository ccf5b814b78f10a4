import { State, type Subscription } from 'centrifuge';
import type { Connection } from '../../connection/connection';
import type { BookChange, BookSnapshot } from './book';
import { Candles, type Interval, type Kline } from './candles';
import type { Market } from './market';
import type { Trade } from './tape';
import { oncePerSecond, type Ticker } from './ticker';

const historyCandles = 500;
const tapeTrades = 500;
const retryMilliseconds = 1000;

/** Applies the publications of the market's channels to its state. */
export class MarketFeed {
  readonly #connection: Connection;
  readonly #market: Market;
  readonly #symbol: string;
  #klines: Subscription | undefined;
  #isFilling = false;
  #isLoadingOlder = false;
  #hasOlder = true;
  // Whether this connection has delivered each part. Earlier data may belong to a different run of the server.
  #hasBook = false;
  #hasTape = false;
  #hasTicker = false;
  #wasLive = false;

  constructor(connection: Connection, market: Market) {
    this.#connection = connection;
    this.#market = market;
    this.#symbol = market.instrument.symbol;
    connection.onChange(() => this.#noticeState());
  }

  start(): void {
    this.#subscribeTrades();
    this.#subscribeBook();
    for (const instrument of this.#market.instruments) this.#subscribeTicker(instrument.symbol);
    this.chooseInterval(this.#market.candles.interval);
  }

  chooseInterval(interval: Interval): void {
    const client = this.#connection.client;
    if (this.#klines) {
      this.#klines.unsubscribe();
      client.removeSubscription(this.#klines);
    }
    const market = this.#market;
    market.candles = new Candles(interval);
    market.hasHistory = false;
    this.#hasOlder = true;
    market.touch('history');
    const subscription = client.newSubscription(`kline:${this.#symbol}@${interval}`);
    subscription.on('subscribed', () => void this.#loadHistory(interval));
    subscription.on('publication', ({ data }) => {
      if (market.hasHistory && market.candles.interval === interval) {
        if (market.candles.apply(data as Kline)) market.touch('candle', false);
        else market.touch('history');
      }
    });
    subscription.subscribe();
    this.#klines = subscription;
  }

  /** Loads the candles before the first loaded one, if there are any. */
  async loadOlder(): Promise<void> {
    const { candles } = this.#market;
    const first = candles.all[0];
    if (!first || this.#isLoadingOlder || !this.#hasOlder) return;
    this.#isLoadingOlder = true;
    try {
      const klines = await this.#loadKlines(candles.interval, first.openTime - 1);
      this.#hasOlder = klines.length > 0;
      candles.prepend(klines);
      if (klines.length > 0 && this.#market.candles === candles) this.#market.touch('history');
    } catch {
      // The next scroll to the left edge retries.
    } finally {
      this.#isLoadingOlder = false;
    }
  }

  async #loadHistory(interval: Interval): Promise<void> {
    const market = this.#market;
    try {
      const klines = await this.#loadKlines(interval);
      if (market.candles.interval !== interval) return;
      market.candles.load(klines, this.#hasTape ? market.tape.last : undefined);
      market.hasHistory = true;
      this.#hasOlder = true;
      market.touch('history');
    } catch {
      // After a lost connection the resubscription loads again; after an error the call is retried.
      this.#retry(() => market.candles.interval === interval && this.#loadHistory(interval));
    }
  }

  /** Retries after a delay if the connection is still the same; a new connection loads everything anyway. */
  #retry(run: () => unknown): void {
    const { reconnects } = this.#connection;
    if (this.#connection.state !== 'connected') return;
    setTimeout(() => {
      if (this.#connection.reconnects === reconnects && this.#connection.state === 'connected') run();
    }, retryMilliseconds);
  }

  async #loadKlines(interval: Interval, endTime?: number): Promise<Kline[]> {
    const parameters = {
      symbol: this.#symbol,
      interval,
      limit: historyCandles,
      ...(endTime === undefined ? {} : { endTime }),
    };
    const { data } = await this.#connection.client.rpc('exchange.klines', parameters);
    return (data as { klines: Kline[] }).klines;
  }

  #subscribeTrades(): void {
    const subscription = this.#connection.client.newSubscription(`trades:${this.#symbol}`, {
      recoverable: true,
      positioned: true,
    });
    this.#connection.countRecovered(subscription);
    subscription.on('subscribed', (context) => {
      if (context.wasRecovering && context.recovered) this.#confirmTape();
      else this.#restartTape();
    });
    subscription.on('publication', ({ data }) => this.#takeTrades((data as { trades: Trade[] }).trades));
    subscription.subscribe();
  }

  /** Discards the tape after an interruption without recovery, because a restarted server assigns new ids. */
  #restartTape(): void {
    const market = this.#market;
    market.tape.restart();
    market.touch('tape');
    void this.#fillTape();
    // The last candle may contain the price of a discarded trade.
    if (market.hasHistory) void this.#loadHistory(market.candles.interval);
  }

  #confirmTape(): void {
    this.#hasTape = true;
    this.#noticeState();
  }

  #takeTrades(trades: Trade[]): void {
    const market = this.#market;
    for (const trade of market.tape.add(trades)) {
      if (market.hasHistory) market.candles.trade(trade);
      this.#connection.stamped(trade.time);
    }
    // A new price is urgent, a further trade at the same price is not.
    market.noticeLast();
    market.touch('tape', false);
    if (market.hasHistory) market.touch('candle', false);
    if (market.tape.missing > 0) void this.#fillTape();
  }

  async #fillTape(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      const { data } = await this.#connection.client.rpc('exchange.trades', {
        symbol: this.#symbol,
        limit: tapeTrades,
      });
      this.#market.tape.fill((data as { trades: Trade[] }).trades);
      const { last } = this.#market.tape;
      if (last && this.#market.hasHistory) {
        this.#market.candles.trade(last);
        this.#market.touch('candle');
      }
      this.#market.noticeLast();
      this.#market.touch('tape');
      this.#confirmTape();
    } catch {
      // After a lost connection the next subscribe fills the gap; after an error the call is retried.
      this.#retry(() => this.#fillTape());
    } finally {
      this.#isFilling = false;
    }
  }

  #subscribeBook(): void {
    const market = this.#market;
    const subscription = this.#connection.client.newSubscription(`book:${this.#symbol}`);
    subscription.on('subscribed', ({ data }) => {
      market.book.load(data as BookSnapshot);
      market.touch('book');
      this.#hasBook = true;
      this.#noticeState();
    });
    subscription.on('publication', ({ data }) => {
      const change = data as BookChange;
      this.#connection.stamped(change.time);
      const { bids, asks } = market.book;
      const [bid, ask] = [bids.best, asks.best];
      const verdict = market.book.apply(change);
      if (verdict === 'gap') {
        // The reply to a new subscribe contains a new snapshot.
        subscription.unsubscribe();
        subscription.subscribe();
      }
      if (verdict !== 'old') market.touch('book', verdict === 'gap' || bids.best !== bid || asks.best !== ask);
    });
    subscription.subscribe();
  }

  #subscribeTicker(symbol: string): void {
    const market = this.#market;
    const take = (ticker: Ticker | undefined) => {
      if (!ticker) return;
      market.tickers.set(symbol, ticker);
      if (symbol === this.#symbol) {
        market.noticeLast();
        market.touch('ticker', false);
      }
      market.touch('tickers', false);
    };
    const subscription = this.#connection.client.newSubscription(`ticker:${symbol}`, { data: oncePerSecond });
    subscription.on('subscribed', ({ data }) => {
      take(data as Ticker | undefined);
      if (symbol !== this.#symbol) return;
      this.#hasTicker = true;
      this.#noticeState();
    });
    subscription.on('publication', ({ data }) => take(data as Ticker));
    subscription.subscribe();
  }

  #noticeState(): void {
    const { client, lateBy } = this.#connection;
    const market = this.#market;
    const isConnected = client.state === State.Connected;
    if (!isConnected) this.#hasBook = this.#hasTape = this.#hasTicker = false;
    const isLive = isConnected && this.#hasBook && this.#hasTape && this.#hasTicker;
    // While the page opens, its panels show that they are loading, so the data is not stale.
    const isStale = !isLive && (!isConnected || this.#wasLive);
    this.#wasLive ||= isLive;
    const isNews = isStale !== (market.staleSince !== undefined)
      || (lateBy === undefined) !== (market.lateBy === undefined);
    market.lateBy = lateBy;
    market.staleSince = isStale ? (market.staleSince ?? Date.now()) : undefined;
    if (isNews) market.touch('live');
  }
}
