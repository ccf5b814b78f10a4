import { describe, expect, test } from 'vitest';
import { BookSide, type Side } from '../src/exchange/market/bookSide';
import { groupLevels, groupSizes, sweep } from '../src/exchange/market/grouping';

function side(name: Side, levels: [number, number][]): BookSide {
  const made = new BookSide(name);
  for (const [price, quantity] of levels) made.set(price, quantity);
  return made;
}

describe('grouping', () => {
  test('bids are rounded down to the group', () => {
    const rows = groupLevels(
      side('bids', [
        [1009, 1],
        [1001, 2],
        [999, 4],
      ]),
      'bids',
      10,
      9,
    );
    expect(rows).toEqual([
      { price: 1000, quantity: 3, total: 3 },
      { price: 990, quantity: 4, total: 7 },
    ]);
  });

  test('asks are rounded up to the group', () => {
    const rows = groupLevels(
      side('asks', [
        [1001, 1],
        [1010, 2],
        [1011, 4],
      ]),
      'asks',
      10,
      9,
    );
    expect(rows).toEqual([
      { price: 1010, quantity: 3, total: 3 },
      { price: 1020, quantity: 4, total: 7 },
    ]);
  });

  test('a group of one tick leaves levels as they are', () => {
    expect(
      groupLevels(
        side('asks', [
          [5, 1],
          [6, 2],
        ]),
        'asks',
        1,
        9,
      ).map((row) => row.price),
    ).toEqual([5, 6]);
  });

  test('the last requested row is a complete group', () => {
    const rows = groupLevels(
      side('bids', [
        [25, 1],
        [24, 1],
        [19, 1],
        [15, 1],
        [8, 1],
      ]),
      'bids',
      10,
      2,
    );
    expect(rows).toEqual([
      { price: 20, quantity: 2, total: 2 },
      { price: 10, quantity: 2, total: 4 },
    ]);
  });

  test('grouped sides never cross', () => {
    const [bid] = groupLevels(side('bids', [[1009, 1]]), 'bids', 10, 1);
    const [ask] = groupLevels(side('asks', [[1010, 1]]), 'asks', 10, 1);
    expect(bid?.price).toBeLessThan(ask?.price ?? 0);
  });

  test('an empty side has no rows', () => expect(groupLevels(side('bids', []), 'bids', 10, 5)).toEqual([]));

  test('sizes grow tenfold from one tick and stay small relative to the price', () => {
    expect(groupSizes(14237)).toEqual([1, 10, 100]);
    expect(groupSizes(6812345)).toEqual([1, 10, 100, 1000, 10000]);
  });

  test('a sweep sums quantity and value and rounds the average', () => {
    const rows = [
      { price: 100, quantity: 1, total: 1 },
      { price: 103, quantity: 1, total: 2 },
      { price: 200, quantity: 9, total: 11 },
    ];
    expect(sweep(rows, 2)).toEqual({ quantity: 2, value: 203n, average: 102 });
    expect(sweep(rows, 0)).toEqual({ quantity: 0, value: 0n, average: 0 });
  });

  test('a value beyond 2^53 stays exact', () => {
    const rows = [{ price: 9_000_000_001, quantity: 9_000_000_001, total: 0 }];
    expect(sweep(rows, 1).value).toBe(81_000_000_018_000_000_001n);
  });
});
