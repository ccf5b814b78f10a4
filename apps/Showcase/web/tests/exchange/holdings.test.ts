import { expect, test } from 'vitest';
import { holdingsOf } from '../../src/exchange/account/holdings';
import type { Ticker } from '../../src/exchange/market/ticker';
import { solana } from '../instruments';

const tickers = new Map([['SOLUSDT', { symbol: 'SOLUSDT', last: '142.37' } as Ticker]]);
const balances = [{ asset: 'SOL', free: '1.5', locked: '0.5' }, { asset: 'USDT', free: '1000.129', locked: '0' }];

test('holdings are worth what is available and in orders, at the last price', () => {
  const { rows, value } = holdingsOf(balances, [solana], tickers);
  expect(rows.map((row) => [row.total, row.value])).toEqual([['2', '284.74'], ['1000.129', '1,000.12']]);
  expect(value).toBe('1,284.86');
});

test('an asset without a price leaves the whole value open, unless nothing of it is held', () => {
  expect(holdingsOf(balances, [solana], new Map()).value).toBeUndefined();
  const none = { asset: 'SOL', free: '0', locked: '0' };
  expect(holdingsOf([none], [solana], new Map()).value).toBe('0.00');
});
