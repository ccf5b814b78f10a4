import type { BookSide, Side } from './bookSide';

export interface GroupedLevel {
  /** The price in ticks. It is rounded down for bids and up for asks, so a group never appears better than it is. */
  price: number;
  /** The quantity in steps. */
  quantity: number;
  /** The cumulative quantity from the best price up to and including this row. */
  total: number;
}

/** Returns the best `rows` groups of a side. `group` is the size of a group in ticks. */
export function groupLevels(levels: BookSide, side: Side, group: number, rows: number): GroupedLevel[] {
  const grouped: GroupedLevel[] = [];
  let last: GroupedLevel | undefined;
  let total = 0;
  for (const level of levels.prices) {
    const price = side === 'bids' ? Math.floor(level / group) * group : Math.ceil(level / group) * group;
    const quantity = levels.quantityAt(level);
    if (last?.price === price) {
      last.quantity += quantity;
    } else {
      if (grouped.length === rows) break;
      last = { price, quantity, total: 0 };
      grouped.push(last);
    }
    total += quantity;
    last.total = total;
  }
  return grouped;
}

/** Returns the selectable group sizes in ticks, from one tick up to about a hundredth of the price. */
export function groupSizes(price: number): number[] {
  const sizes = [1];
  for (let size = 10; size <= price / 50 && sizes.length < 5; size *= 10) sizes.push(size);
  return sizes;
}

export interface Sweep {
  quantity: number;
  /** The sum of price times quantity, in ticks times steps. It can exceed the exact range of a number. */
  value: bigint;
  /** The average price, rounded to the nearest tick. */
  average: number;
}

/** Returns the quantity, the value and the average price of all rows up to a row. */
export function sweep(levels: readonly GroupedLevel[], rows: number): Sweep {
  let quantity = 0;
  let value = 0n;
  for (const level of levels.slice(0, rows)) {
    quantity += level.quantity;
    value += BigInt(level.price) * BigInt(level.quantity);
  }
  const average = quantity === 0 ? 0 : Number((value + BigInt(quantity) / 2n) / BigInt(quantity));
  return { quantity, value, average };
}
