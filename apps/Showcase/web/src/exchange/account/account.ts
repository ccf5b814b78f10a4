import type { Connection } from '../../connection/connection';
import { parseFine } from '../market/decimal';
import type { FeedMode } from '../market/feedChoice';
import type { Market } from '../market/market';

export interface Order {
  id: number;
  clientOrderId?: string;
  symbol: string;
  side: 'buy' | 'sell';
  type: 'limit' | 'market' | 'stopLossLimit' | 'takeProfitLimit';
  price?: string;
  stopPrice?: string;
  waiting?: boolean;
  quantity: string;
  filled: string;
  quoteFilled: string;
  status: 'new' | 'partiallyFilled' | 'filled' | 'canceled' | 'expired' | 'rejected';
  time: number;
  updated: number;
}

export interface Fill {
  id: number;
  orderId: number;
  symbol: string;
  side: 'buy' | 'sell';
  price: string;
  quantity: string;
  fee: string;
  feeAsset: string;
  time: number;
  maker: boolean;
}

export interface Balance {
  asset: string;
  free: string;
  locked: string;
}

type AccountEvent
  = | { type: 'order'; order: Order }
    | { type: 'fill'; fill: Fill }
    | { type: 'balances'; balances: Balance[] };

const keptHistory = 200;
// A slow line would need ten seconds for the whole history.
const loadedHistory: Record<FeedMode, number> = { full: keptHistory, partial: 10 };
const retryMilliseconds = 1000;
const unknownOrder = 410;

export function isOpen(order: Order): boolean {
  return order.status === 'new' || order.status === 'partiallyFilled';
}

/** The demo account. It is reloaded on every connect and then kept up to date by its events. */
export class Account {
  readonly #connection: Connection;
  readonly #market: Market;
  readonly #feed: () => Promise<FeedMode>;
  readonly #orders = new Map<string, Order>();
  readonly #fills = new Map<string, Fill>();
  readonly #balances = new Map<string, Balance>();
  // The updates that arrive while the account loads: they may be newer than the loaded state.
  #early: (Order | Fill)[] | undefined;
  #loads = 0;
  #balanceEvents = 0;
  #liveSince: number | undefined;
  #loadedBy: FeedMode | undefined;

  isLoaded = false;
  /** Called for each event of the account, but not for loaded orders and fills. */
  onEvent: ((event: AccountEvent) => void) | undefined;
  /** Called when the server has restarted and the account was replaced. */
  onRestart: (() => void) | undefined;

  /** Creates the account. `feed` completes with the feed that the connection's line carries. */
  constructor(connection: Connection, market: Market, feed: () => Promise<FeedMode>) {
    this.#connection = connection;
    this.#market = market;
    this.#feed = feed;
    // What a slow line did not load is loaded when the line has become fast.
    market.follow('live', () => {
      if (market.feed === 'full' && this.#loadedBy === 'partial') void this.load();
    });
    connection.client.on('publication', ({ channel, data }) => {
      if (channel.startsWith('account:')) this.#take(data as AccountEvent);
    });
    connection.client.on('connected', () => {
      this.#early = [];
      void this.load();
    });
  }

  /** All orders, newest first. */
  get orders(): Order[] {
    return [...this.#orders.values()].sort((left, right) => right.time - left.time || right.id - left.id);
  }

  get openOrders(): Order[] {
    return this.orders.filter(isOpen);
  }

  /** All fills, newest first. */
  get fills(): Fill[] {
    return [...this.#fills.values()].sort((left, right) => right.time - left.time || right.id - left.id);
  }

  get balances(): Balance[] {
    return [...this.#balances.values()];
  }

  /** Returns the free balance of an asset; undefined while the account is not loaded. */
  free(asset: string): bigint | undefined {
    return this.isLoaded ? parseFine(this.#balances.get(asset)?.free ?? '0') : undefined;
  }

  order(symbol: string, id: number): Order | undefined {
    return this.#orders.get(`${symbol}/${id}`);
  }

  /** Replaces the state with the server's: orders and fills that the server lacks are removed, as after a restart. */
  async load(): Promise<void> {
    const { client, reconnects } = this.#connection;
    const load = ++this.#loads;
    this.#early ??= [];
    this.#loadedBy = undefined;
    try {
      const feed = await this.#feed();
      if (load !== this.#loads) return;
      const limit = loadedHistory[feed];
      const [info, open, history, fills] = await Promise.all([
        client.rpc('exchange.info', {}),
        client.rpc('order.open', {}),
        client.rpc('order.history', { limit }),
        client.rpc('account.fills', { limit }),
      ]);
      const balances = await this.#loadBalances();
      if (load !== this.#loads) return;
      this.#orders.clear();
      this.#fills.clear();
      this.#balances.clear();
      for (const order of (history.data as { orders: Order[] }).orders) this.#keep(order);
      for (const order of (open.data as { orders: Order[] }).orders) this.#keep(order);
      for (const fill of (fills.data as { fills: Fill[] }).fills) this.#keepFill(fill);
      for (const balance of balances) this.#balances.set(balance.asset, balance);
      for (const early of this.#early ?? []) this.#keepEither(early);
      this.#early = undefined;
      this.isLoaded = true;
      this.#loadedBy = feed;
      this.#market.touch('account');
      this.#noticeRun((info.data as { liveSince: number }).liveSince);
    } catch {
      // After a lost connection the next connect loads again; after an error the call is retried.
      if (this.#connection.state !== 'connected') return;
      setTimeout(() => {
        if (load === this.#loads && reconnects === this.#connection.reconnects) void this.load();
      }, retryMilliseconds);
    }
  }

  async place(order: Record<string, string>): Promise<Order> {
    const { data } = await this.#connection.client.rpc('order.place', order);
    const { order: placed, fills } = data as { order: Order; fills: Fill[] };
    for (const part of [placed, ...fills]) this.#takeEither(part);
    this.#market.touch('account');
    return placed;
  }

  /** Cancels an order. Returns false when it was no longer open. */
  async cancel(order: Order): Promise<boolean> {
    const { symbol, id } = order;
    try {
      const { data } = await this.#connection.client.rpc('order.cancel', { symbol, id });
      this.#takeEither((data as { order: Order }).order);
      this.#market.touch('account');
      return true;
    } catch (error) {
      if ((error as { code?: number }).code !== unknownOrder) throw error;
      if (this.order(symbol, id) === order) this.#orders.delete(`${symbol}/${id}`);
      this.#market.touch('account');
      void this.load();
      return false;
    }
  }

  /** Loads the balances. They carry no time, so they are requested again when an event changed them in the meantime. */
  async #loadBalances(): Promise<Balance[]> {
    for (;;) {
      const before = this.#balanceEvents;
      const { data } = await this.#connection.client.rpc('account.balances', {});
      if (before === this.#balanceEvents) return (data as { balances: Balance[] }).balances;
    }
  }

  #noticeRun(liveSince: number): void {
    const before = this.#liveSince;
    this.#liveSince = liveSince;
    if (before !== undefined && before !== liveSince) this.onRestart?.();
  }

  #take(event: AccountEvent): void {
    if (event.type === 'order') this.#takeEither(event.order);
    else if (event.type === 'fill') this.#takeEither(event.fill);
    else {
      this.#balanceEvents++;
      for (const balance of event.balances) this.#balances.set(balance.asset, balance);
    }
    this.#market.touch('account');
    this.onEvent?.(event);
  }

  #takeEither(part: Order | Fill): void {
    this.#early?.push(part);
    this.#keepEither(part);
  }

  #keepEither(part: Order | Fill): void {
    if ('orderId' in part) this.#keepFill(part);
    else this.#keep(part);
  }

  // A reply and an event of the same order may arrive in any sequence: the more advanced state is kept.
  #keep(order: Order): void {
    const key = `${order.symbol}/${order.id}`;
    const known = this.#orders.get(key);
    if (known && (known.updated > order.updated || (!isOpen(known) && isOpen(order)))) return;
    this.#orders.set(key, order);
    if (this.#orders.size > 2 * keptHistory)
      for (const old of this.orders.slice(keptHistory)) this.#forget(old);
  }

  #keepFill(fill: Fill): void {
    this.#fills.set(keyOf(fill), fill);
    if (this.#fills.size > 2 * keptHistory)
      for (const old of this.fills.slice(keptHistory)) this.#fills.delete(keyOf(old));
  }

  #forget(order: Order): void {
    if (!isOpen(order)) this.#orders.delete(`${order.symbol}/${order.id}`);
  }
}

function keyOf(fill: Fill): string {
  return `${fill.symbol}/${fill.id}/${fill.orderId}`;
}
