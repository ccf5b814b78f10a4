import { describe, expect, test } from 'vitest';
import {
  average,
  bollinger,
  exponentialAverage,
  macd,
  relativeStrength,
  type Values,
} from '../../src/exchange/chart/indicators';

const rounded = (values: Values) => values.map((value) => (value === undefined ? undefined : Number(value.toFixed(4))));

describe('indicators', () => {
  test('a moving average is undefined while there are too few values', () =>
    expect(average([1, 2, 3, 4, 8], 3)).toEqual([undefined, undefined, 2, 3, 5]));

  // The first is (2 + 4 + 6) / 3 = 4; then half of the way to each value, because 2 / (3 + 1) = 0.5.
  test('an exponential average begins with the simple one', () =>
    expect(exponentialAverage([2, 4, 6, 8, 12], 3)).toEqual([undefined, undefined, 4, 6, 9]));

  test('an exponential average begins after undefined values', () =>
    expect(exponentialAverage([undefined, 2, 4, 8], 2)).toEqual([undefined, undefined, 3, 3 + (8 - 3) * (2 / 3)]));

  // Of 2, 4, 4, 4, 5, 5, 7, 9 the mean is 5 and the standard deviation 2.
  test('Bollinger bands are two standard deviations from the average', () => {
    const { upper, middle, lower } = bollinger([2, 4, 4, 4, 5, 5, 7, 9], 8);
    expect([upper[7], middle[7], lower[7]]).toEqual([9, 5, 1]);
    expect(upper[6]).toBeUndefined();
  });

  // Averages of 1 (weight 1) and of 3 (weight 0.5) of 2, 4, 6, 8, 12: 6 - 4, 8 - 6, 12 - 9.
  // The signal has a weight of 2/3.
  test('MACD is the difference of two averages, with its own average', () => {
    const { macd: difference, signal, histogram } = macd([2, 4, 6, 8, 12], 1, 3, 2);
    expect(difference).toEqual([undefined, undefined, 2, 2, 3]);
    expect(rounded(signal)).toEqual([undefined, undefined, undefined, 2, 2.6667]);
    expect(rounded(histogram)).toEqual([undefined, undefined, undefined, 0, 0.3333]);
  });

  // Changes +1, -1, +2: the averages of the first two are 0.5 and 0.5, of the next 1.25 and 0.25.
  test('RSI compares the averages of gains and losses', () =>
    expect(rounded(relativeStrength([10, 11, 10, 12], 2))).toEqual([undefined, undefined, 50, 83.3333]));

  test('RSI is 100 without losses, 0 without gains, and 50 without changes', () => {
    expect(relativeStrength([1, 2, 3], 2)[2]).toBe(100);
    expect(relativeStrength([3, 2, 1], 2)[2]).toBe(0);
    expect(relativeStrength([3, 3, 3], 2)[2]).toBe(50);
  });
});
