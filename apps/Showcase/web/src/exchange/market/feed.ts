import { State, type Subscription, SubscriptionState } from 'centrifuge';
import type { Connection } from '../../connection/connection';
import type { BookChange, BookSnapshot } from './book';
import { Candles, type Kline } from './candles';
import { FeedChoice, type FeedMode } from './feedChoice';
import type { Interval } from './interval';
import type { Market } from './market';
import type { Trade } from './tape';
import { oncePerSecond, seldom, type Ticker } from './ticker';

/** The best levels of the book and the latest trade. */
interface Depth extends BookSnapshot {
  time: number;
  trade?: Trade;
}

// On a slow line small replies: a large one delays the prices behind it.
const historyCandles: Record<FeedMode, number> = { full: 500, partial: 16 };
const leastCandles = 40;
const tapeTrades: Record<FeedMode, number> = { full: 500, partial: 10 };
const checkMilliseconds = 500;
const retryMilliseconds = 1000;

/** Applies the publications of the market's channels to its state: the full feed, or the partial one on a slow line. */
export class MarketFeed {
  readonly #connection: Connection;
  readonly #market: Market;
  readonly #symbol: string;
  readonly #choice: FeedChoice;
  #trial: { interval: Interval; klines: Promise<Kline[]> } | undefined;
  #klines: Subscription | undefined;
  #trades: Subscription | undefined;
  #book: Subscription | undefined;
  #depth: Subscription | undefined;
  /** The tickers of the other markets. */
  readonly #others: Subscription[] = [];
  #othersPace: object | undefined;
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
    this.#choice = new FeedChoice({
      ping: () => connection.client.rpc('time', {}),
      load: (candles) => this.#loadTrial(market.candles.interval, candles),
      now: () => performance.now(),
      isHidden: () => document.hidden,
    });
    this.#choice.onChange = (mode) => this.#use(mode);
    connection.onChange(() => this.#noticeState());
  }

  /** The feed of this connection, once it is chosen. */
  get chosen(): Promise<FeedMode> {
    return this.#choice.chosen;
  }

  start(): void {
    const { client } = this.#connection;
    client.on('connected', () => this.#choice.connected());
    client.on('connecting', () => this.#lost());
    if (client.state === State.Connected) this.#choice.connected();
    setInterval(() => this.#choice.check(), checkMilliseconds);
    this.#subscribeTicker(this.#symbol, oncePerSecond);
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
    const subscription = client.newSubscription(`kline:${this.#symbol}@${interval}`, { data: oncePerSecond });
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
      const limit = historyCandles[await this.#choice.chosen];
      const klines = await this.#loadKlines(candles.interval, limit, first.openTime - 1);
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
      const klines = await this.#loadNewest(interval);
      if (market.candles.interval !== interval) return;
      market.candles.load(klines, this.#hasTape ? market.tape.last : undefined);
      market.hasHistory = true;
      this.#hasOlder = true;
      market.touch('history');
      if (market.feed === 'partial') void this.#loadFew(market.candles);
    } catch {
      // After a lost connection the resubscription loads again; after an error the call is retried.
      this.#retry(() => market.candles.interval === interval && this.#loadHistory(interval));
    }
  }

  /** Loads as many candles as a chart needs at least, a few at a time. */
  async #loadFew(candles: Candles): Promise<void> {
    while (candles.all.length < leastCandles && this.#market.candles === candles) {
      const before = candles.all.length;
      await this.loadOlder();
      if (candles.all.length === before) return;
    }
  }

  async #loadTrial(interval: Interval, limit: number): Promise<void> {
    const klines = this.#loadKlines(interval, limit);
    if (this.#choice.mode === undefined) this.#trial = { interval, klines };
    await klines;
  }

  /** Loads the history; on a slow line it is what the line's trial has loaded. */
  async #loadNewest(interval: Interval): Promise<Kline[]> {
    const mode = await this.#choice.chosen;
    const trial = this.#trial;
    this.#trial = undefined;
    if (mode === 'partial' && trial?.interval === interval) return trial.klines;
    return this.#loadKlines(interval, historyCandles[mode]);
  }

  /** Retries after a delay if the connection is still the same; a new connection loads everything anyway. */
  #retry(run: () => unknown): void {
    const { reconnects } = this.#connection;
    if (this.#connection.state !== 'connected') return;
    setTimeout(() => {
      if (this.#connection.reconnects === reconnects && this.#connection.state === 'connected') run();
    }, retryMilliseconds);
  }

  async #loadKlines(interval: Interval, limit: number, endTime?: number): Promise<Kline[]> {
    const parameters = {
      symbol: this.#symbol,
      interval,
      limit,
      ...(endTime === undefined ? {} : { endTime }),
    };
    const { data } = await this.#connection.client.rpc('exchange.klines', parameters);
    return (data as { klines: Kline[] }).klines;
  }

  #lost(): void {
    this.#choice.lost();
    // The snapshot of a whole book, and the trades that were missed and those that follow, are not requested before the
    // new connection has proved that it carries them. The trades keep their position, so they are recovered then.
    this.#book = this.#leave(this.#book);
    this.#trades?.unsubscribe();
    this.#trial = undefined;
  }

  #use(mode: FeedMode): void {
    const market = this.#market;
    market.feed = mode;
    this.#subscribeOthers(mode === 'full' ? oncePerSecond : seldom);
    if (mode === 'full') {
      this.#subscribeBook();
      if (!this.#trades) this.#subscribeTrades();
      else if (this.#trades.state === SubscriptionState.Unsubscribed) this.#trades.subscribe();
      else if (market.tape.missing > 0) this.#restartTape();
      if (market.hasHistory) void this.#loadHistory(market.candles.interval);
    } else {
      this.#trades = this.#leave(this.#trades);
      this.#book = this.#leave(this.#book);
      this.#subscribeDepth();
    }
    market.touch('live');
    market.touch('book');
    market.touch('tape');
  }

  #leave(subscription: Subscription | undefined): undefined {
    if (!subscription) return;
    subscription.unsubscribe();
    this.#connection.client.removeSubscription(subscription);
  }

  #subscribeTrades(): void {
    const subscription = this.#connection.client.newSubscription(`trades:${this.#symbol}`, {
      recoverable: true,
      positioned: true,
    });
    this.#connection.countRecovered(subscription);
    subscription.on('subscribed', (context) => {
      if (context.wasRecovering && context.recovered && this.#market.tape.missing === 0) this.#confirmTape();
      else this.#restartTape();
    });
    subscription.on('publication', ({ data }) => this.#takeTrades((data as { trades: Trade[] }).trades));
    subscription.subscribe();
    this.#trades = subscription;
  }

  #stamped(time: number): void {
    const delay = this.#connection.stamped(time);
    if (delay !== undefined) this.#choice.arrived(delay);
  }

  /** Discards the tape after an interruption without recovery, because a restarted server assigns new ids. */
  #restartTape(): void {
    const market = this.#market;
    market.tape.restart();
    market.touch('tape');
    void this.#fillTape();
    // The last candle may contain the price of a discarded trade.
    if (market.hasHistory && market.feed === 'full') void this.#loadHistory(market.candles.interval);
  }

  #confirmTape(): void {
    this.#hasTape = true;
    this.#noticeState();
  }

  #takeTrades(trades: Trade[]): void {
    const market = this.#market;
    for (const trade of market.tape.add(trades)) {
      if (market.hasHistory) market.candles.trade(trade);
      // The latest trade of the partial feed may be old in a quiet market.
      if (market.feed === 'full') this.#stamped(trade.time);
    }
    // A new price is urgent, a further trade at the same price is not.
    market.noticeLast();
    market.touch('tape', false);
    if (market.hasHistory) market.touch('candle', false);
    if (market.tape.missing > 0 && market.feed === 'full') void this.#fillTape();
  }

  async #fillTape(): Promise<void> {
    if (this.#isFilling) return;
    this.#isFilling = true;
    try {
      const limit = tapeTrades[await this.#choice.chosen];
      const { data } = await this.#connection.client.rpc('exchange.trades', { symbol: this.#symbol, limit });
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
      this.#depth = this.#leave(this.#depth);
      this.#loadBook(data as BookSnapshot);
    });
    subscription.on('publication', ({ data }) => {
      const change = data as BookChange;
      this.#stamped(change.time);
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
    this.#book = subscription;
  }

  #subscribeDepth(): void {
    if (this.#depth) return;
    const subscription = this.#connection.client.newSubscription(`depth:${this.#symbol}`, { data: oncePerSecond });
    const take = (depth: Depth) => {
      this.#loadBook(depth);
      if (depth.trade) this.#takeTrades([depth.trade]);
    };
    subscription.on('subscribed', ({ data }) => {
      if (!this.#hasTape) this.#restartTape();
      take(data as Depth);
    });
    subscription.on('publication', ({ data }) => {
      this.#connection.stamped((data as Depth).time);
      take(data as Depth);
    });
    subscription.subscribe();
    this.#depth = subscription;
  }

  #loadBook(snapshot: BookSnapshot): void {
    this.#market.book.load(snapshot);
    this.#market.touch('book');
    this.#hasBook = true;
    this.#noticeState();
  }

  #subscribeOthers(pace: object): void {
    if (this.#othersPace === pace) return;
    this.#othersPace = pace;
    for (const subscription of this.#others.splice(0)) this.#leave(subscription);
    for (const { symbol } of this.#market.instruments)
      if (symbol !== this.#symbol) this.#others.push(this.#subscribeTicker(symbol, pace));
  }

  #subscribeTicker(symbol: string, pace: object): Subscription {
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
    const subscription = this.#connection.client.newSubscription(`ticker:${symbol}`, { data: pace });
    subscription.on('subscribed', ({ data }) => {
      take(data as Ticker | undefined);
      if (symbol !== this.#symbol) return;
      this.#hasTicker = true;
      this.#noticeState();
    });
    subscription.on('publication', ({ data }) => take(data as Ticker));
    subscription.subscribe();
    return subscription;
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
    const isNews = isLive !== market.isLive
      || isStale !== (market.staleSince !== undefined)
      || (lateBy === undefined) !== (market.lateBy === undefined);
    market.isLive = isLive;
    market.lateBy = lateBy;
    market.staleSince = isStale ? (market.staleSince ?? Date.now()) : undefined;
    if (isNews) market.touch('live');
  }
}
