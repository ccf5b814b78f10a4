import { expect, test } from 'vitest';
import { Hour } from '../../src/start/hour';

const minute = 60_000;
const candle = (index: number, close = index) => ({
  openTime: index * minute, open: '0', high: '0', low: '0', close: String(close), volume: '0',
});
const candles = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => candle(from + index));

test('The whole hour is loaded at first, and then the minutes from the last closed one on', () => {
  const hour = new Hour();
  expect(hour.missing(59 * minute)).toBe(60);
  expect(hour.add(candles(0, 59))).toBe(true);
  expect(hour.missing(59.5 * minute)).toBe(2);
  expect(hour.missing(62 * minute)).toBe(5);
  expect(hour.missing(500 * minute)).toBe(60);
});

test('Loaded minutes replace the open one and push out the oldest', () => {
  const hour = new Hour();
  hour.add(candles(0, 59));
  expect(hour.add([candle(58), candle(59, 700), candle(60)])).toBe(true);
  expect(hour.closes).toHaveLength(60);
  expect(hour.closes.slice(-3)).toEqual([58, 700, 60]);
  expect(hour.closes[0]).toBe(1);
});

test('Minutes of another market empty the hour, which is then loaded as a whole', () => {
  const hour = new Hour();
  hour.add(candles(0, 59));
  expect(hour.add([candle(58, 1000), candle(59, 1001)])).toBe(false);
  expect(hour.closes).toEqual([]);
  expect(hour.missing(60 * minute)).toBe(60);
  expect(hour.add(candles(1, 60))).toBe(true);
  expect(hour.closes).toHaveLength(60);
});

test('A market without trades has no closing prices', () => {
  const hour = new Hour();
  expect(hour.add([])).toBe(true);
  expect(hour.closes).toEqual([]);
});
