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

export function isOpen(order: Order): boolean {
  return order.status === 'new' || order.status === 'partiallyFilled';
}

/** The demo account: loaded on every connect, then kept up to date by its own events. */
export class Account {
  readonly #connection: Connection;
  readonly #market: Market;
  readonly #orders = new Map<string, Order>();
  readonly #fills = new Map<string, Fill>();
  readonly #balances = new Map<string, Balance>();

  isLoaded = false;
  /** Told of each order and fill that the account's events bring, not of those that were loaded. */
  onEvent: ((event: AccountEvent) => void) | undefined;

  constructor(connection: Connection, market: Market) {
    this.#connection = connection;
    this.#market = market;
    connection.client.on('publication', ({ channel, data }) => {
      if (channel.startsWith('account:')) this.#take(data as AccountEvent);
    });
    connection.client.on('connected', () => void this.load());
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

  free(asset: string): bigint {
    return parseFine(this.#balances.get(asset)?.free ?? '0') ?? 0n;
  }

  async load(): Promise<void> {
    const client = this.#connection.client;
    try {
      const [open, history, fills, balances] = await Promise.all([
        client.rpc('order.open', {}),
        client.rpc('order.history', { limit: keptHistory }),
        client.rpc('account.fills', { limit: keptHistory }),
        client.rpc('account.balances', {}),
      ]);
      for (const order of (history.data as { orders: Order[] }).orders) this.#keep(order);
      for (const order of (open.data as { orders: Order[] }).orders) this.#keep(order);
      for (const fill of (fills.data as { fills: Fill[] }).fills) this.#fills.set(keyOf(fill), fill);
      for (const balance of (balances.data as { balances: Balance[] }).balances)
        this.#balances.set(balance.asset, balance);
      this.isLoaded = true;
      this.#market.touch('account');
    } catch {
      // A lost connection: the next connect loads again.
    }
  }

  async place(order: Record<string, string>): Promise<Order> {
    const { data } = await this.#connection.client.rpc('order.place', order);
    const { order: placed, fills } = data as { order: Order; fills: Fill[] };
    this.#keep(placed);
    for (const fill of fills) this.#keepFill(fill);
    this.#market.touch('account');
    return placed;
  }

  async cancel(order: Order): Promise<void> {
    const { data } = await this.#connection.client.rpc('order.cancel', {
      symbol: order.symbol,
      id: order.id,
    });
    this.#keep((data as { order: Order }).order);
    this.#market.touch('account');
  }

  #take(event: AccountEvent): void {
    if (event.type === 'order') this.#keep(event.order);
    else if (event.type === 'fill') this.#keepFill(event.fill);
    else for (const balance of event.balances) this.#balances.set(balance.asset, balance);
    this.#market.touch('account');
    this.onEvent?.(event);
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
