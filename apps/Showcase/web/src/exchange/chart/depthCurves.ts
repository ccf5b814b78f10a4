import type { Book } from '../market/book';
import type { BookSide } from '../market/bookSide';

export interface DepthPoint {
  price: number;
  /** The cumulative quantity from the best price to this price. */
  total: number;
}

export interface DepthCurves {
  bids: DepthPoint[];
  asks: DepthPoint[];
  middle: number;
  low: number;
  high: number;
  largest: number;
}

/**
 * Returns both sides within `range` (0.01 is one percent) of the mid price, on one scale; undefined while a side is
 * empty.
 */
export function depthCurves(book: Book, range: number): DepthCurves | undefined {
  const bid = book.bids.best;
  const ask = book.asks.best;
  if (bid === undefined || ask === undefined) return undefined;
  const middle = (bid + ask) / 2;
  const low = middle * (1 - range);
  const high = middle * (1 + range);
  const bids = cumulate(book.bids, (price) => price >= low);
  const asks = cumulate(book.asks, (price) => price <= high);
  const largest = Math.max(bids.at(-1)?.total ?? 0, asks.at(-1)?.total ?? 0, 1);
  return { bids, asks, middle, low, high, largest };
}

function cumulate(side: BookSide, isInside: (price: number) => boolean): DepthPoint[] {
  const points: DepthPoint[] = [];
  let total = 0;
  for (const price of side.prices) {
    if (!isInside(price)) break;
    total += side.quantityAt(price);
    points.push({ price, total });
  }
  return points;
}
