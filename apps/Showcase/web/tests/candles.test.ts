import { describe, expect, test } from 'vitest';
import { Candles, type Kline } from '../src/exchange/market/candles';

const kline = (openTime: number, close: string, high = close, low = close): Kline => ({
  openTime,
  open: '100',
  high,
  low,
  close,
  volume: '1',
});
const trade = (time: number, price: string) => ({
  id: time,
  price,
  quantity: '2',
  time,
  buyerIsMaker: false,
});

describe('candles', () => {
  test('a trade moves the close of its candle', () => {
    const candles = new Candles('1s');
    candles.load([kline(1000, '100')]);
    candles.trade(trade(1500, '103'));
    expect(candles.last).toMatchObject({ openTime: 1000, close: 103, high: 103, low: 100 });
  });

  test('the first trade after the end of an interval opens the next candle', () => {
    const candles = new Candles('1s');
    candles.load([kline(1000, '100')]);
    candles.trade(trade(2000, '99'));
    expect(candles.all.length).toBe(2);
    expect(candles.last).toEqual({ openTime: 2000, open: 99, high: 99, low: 99, close: 99, volume: 2 });
  });

  test('a candle from the server does not revert the last trade', () => {
    const candles = new Candles('1s');
    candles.load([kline(1000, '100')]);
    candles.trade(trade(1900, '105'));
    candles.apply(kline(1000, '104'));
    expect(candles.last).toMatchObject({ close: 105, high: 105 });
  });

  test('the server replaces the live candle and adds the next one, never a duplicate', () => {
    const candles = new Candles('1s');
    candles.load([kline(1000, '100'), kline(2000, '101')]);
    expect(candles.apply(kline(2000, '102'))).toBe(true);
    expect(candles.apply(kline(3000, '103'))).toBe(true);
    expect(candles.all.map((candle) => candle.openTime)).toEqual([1000, 2000, 3000]);
  });

  test('a closing candle that arrives after its successor began still sets the final numbers', () => {
    const candles = new Candles('1s');
    candles.load([kline(1000, '100')]);
    candles.trade(trade(2001, '101'));
    expect(candles.apply({ ...kline(1000, '100.5'), closed: true })).toBe(false);
    expect(candles.all[0]?.close).toBe(100.5);
    expect(candles.last?.openTime).toBe(2000);
  });

  test('older candles are prepended without overlap', () => {
    const candles = new Candles('1s');
    candles.load([kline(3000, '3')]);
    candles.prepend([kline(1000, '1'), kline(2000, '2'), kline(3000, '9')]);
    expect(candles.all.map((candle) => candle.close)).toEqual([1, 2, 3]);
  });

  test('reloaded candles contain no earlier trades', () => {
    const candles = new Candles('1s');
    candles.load([kline(1000, '100')]);
    candles.trade(trade(1500, '50'));
    candles.load([kline(1000, '200')]);
    candles.apply(kline(1000, '201'));
    expect(candles.last).toMatchObject({ close: 201, low: 201 });
    candles.load([kline(1000, '200')], trade(1600, '202'));
    expect(candles.last?.close).toBe(202);
  });
});
