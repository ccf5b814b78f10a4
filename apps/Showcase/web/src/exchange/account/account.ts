import type { Connection } from '../../connection/connection';
import { parseFine } from '../market/decimal';
import type { Market } from '../market/market';

export interface Order {
  id: number;
  clientOrderId?: string;
  symbol: string;
  side: 'buy' | 'sell';
  type: 'limit' | 'market';
  price?: string;
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
const retryMilliseconds = 1000;
const unknownOrder = 410;

export function isOpen(order: Order): boolean {
  return order.status === 'new' || order.status === 'partiallyFilled';
}

/** The demo account: loaded anew on every connect, then kept up to date by its own events. */
export class Account {
  readonly #connection: Connection;
  readonly #market: Market;
  readonly #orders = new Map<string, Order>();
  readonly #fills = new Map<string, Fill>();
  readonly #balances = new Map<string, Balance>();
  // What this connection has brought until everything is loaded: it may be newer than what is being loaded.
  #early: (Order | Fill)[] | undefined;
  #loads = 0;
  #balanceEvents = 0;
  #liveSince: number | undefined;

  isLoaded = false;
  /** Told of each order and fill that the account's events bring, not of those that were loaded. */
  onEvent: ((event: AccountEvent) => void) | undefined;
  /** Told that the server started anew, and that the account did with it. */
  onRestart: (() => void) | undefined;

  constructor(connection: Connection, market: Market) {
    this.#connection = connection;
    this.#market = market;
    connection.client.on('publication', ({ channel, data }) => {
      if (channel.startsWith('account:')) this.#take(data as AccountEvent);
    });
    connection.client.on('connected', () => {
      this.#early = [];
      void this.load();
    });
  }

  /** Newest first. */
  get orders(): Order[] {
    return [...this.#orders.values()].sort((left, right) => right.time - left.time || right.id - left.id);
  }

  get openOrders(): Order[] {
    return this.orders.filter(isOpen);
  }

  /** Newest first. */
  get fills(): Fill[] {
    return [...this.#fills.values()].sort((left, right) => right.time - left.time || right.id - left.id);
  }

  get balances(): Balance[] {
    return [...this.#balances.values()];
  }

  /** Undefined while the account is not loaded. */
  free(asset: string): bigint | undefined {
    return this.isLoaded ? parseFine(this.#balances.get(asset)?.free ?? '0') : undefined;
  }

  order(symbol: string, id: number): Order | undefined {
    return this.#orders.get(`${symbol}/${id}`);
  }

  /** Takes the server's word for everything: what it does not know is gone, as after a restart. */
  async load(): Promise<void> {
    const { client, reconnects } = this.#connection;
    const load = ++this.#loads;
    this.#early ??= [];
    try {
      const [info, open, history, fills] = await Promise.all([
        client.rpc('exchange.info', {}),
        client.rpc('order.open', {}),
        client.rpc('order.history', { limit: keptHistory }),
        client.rpc('account.fills', { limit: keptHistory }),
      ]);
      const balances = await this.#askBalances();
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
      this.#market.touch('account');
      this.#noticeRun((info.data as { liveSince: number }).liveSince);
    } catch {
      // After a lost connection the next connect loads again; what was refused is asked for again.
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

  /** False when there was nothing to cancel any more. */
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

  /** The balances have no time: those that an event changed while they were on their way are asked for again. */
  async #askBalances(): Promise<Balance[]> {
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

  // A reply and an event of the same order may arrive in either order: the further one stands.
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
