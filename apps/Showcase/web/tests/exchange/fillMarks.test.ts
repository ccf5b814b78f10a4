import { expect, test } from 'vitest';
import type { Fill } from '../../src/exchange/account/account';
import { fillMarks } from '../../src/exchange/chart/fillMarks';

const fill = (time: number, orderId: number, side: Fill['side'], symbol = 'SOLUSDT'): Fill =>
  ({ id: time, orderId, symbol, side, price: '1', quantity: '1', fee: '0', feeAsset: 'SOL', time, maker: false });

test('an order has one mark, however many trades filled it and however long that took', () =>
  expect(fillMarks([fill(65_000, 1, 'buy'), fill(2000, 1, 'buy'), fill(1000, 1, 'buy')], 'SOLUSDT', '1m', 0))
    .toEqual([{ openTime: 0, side: 'buy', orders: 1 }]));

test('the orders of a side that traded first in the same candle share a mark', () =>
  expect(fillMarks([fill(3000, 3, 'sell'), fill(2000, 2, 'buy'), fill(1000, 1, 'buy')], 'SOLUSDT', '1m', 0)).toEqual([
    { openTime: 0, side: 'buy', orders: 2 },
    { openTime: 0, side: 'sell', orders: 1 },
  ]));

test('fills of other symbols and before the first candle have no mark', () =>
  expect(fillMarks([fill(70_000, 2, 'buy', 'BTCUSDT'), fill(1000, 1, 'buy')], 'SOLUSDT', '1m', 60_000)).toEqual([]));
