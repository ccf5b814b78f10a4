import type { Fill } from '../account/account';
import { type Interval, openTimeOf } from '../market/interval';

export interface FillMark {
  openTime: number;
  side: Fill['side'];
  /** The number of orders that traded first in this candle. */
  orders: number;
}

/** Returns the marks of fills (newest first): each order counts once, in the candle of its first fill. */
export function fillMarks(fills: readonly Fill[], symbol: string, interval: Interval, from: number): FillMark[] {
  const orders = new Set<number>();
  const marks = new Map<string, FillMark>();
  for (const { orderId, side, time, symbol: traded } of fills.toReversed()) {
    if (traded !== symbol || time < from || orders.has(orderId)) continue;
    orders.add(orderId);
    const openTime = openTimeOf(interval, time);
    const key = `${openTime}${side}`;
    const mark = marks.get(key) ?? { openTime, side, orders: 0 };
    mark.orders++;
    marks.set(key, mark);
  }
  return [...marks.values()];
}
