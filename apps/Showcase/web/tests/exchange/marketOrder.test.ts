import { describe, expect, test } from 'vitest';
import type { Ticker } from '../../src/exchange/market/ticker';
import { marketsOf, type MarketView } from '../../src/exchange/markets/marketOrder';
import { solana } from '../instruments';

const instruments = ['SOL', 'BTC', 'ETH'].map((base) => ({ ...solana, base, symbol: `${base}USDT` }));
const ticker = (symbol: string, open: string, last: string) => ({ symbol, open, last }) as Ticker;
const tickers = new Map(
  [ticker('SOLUSDT', '100', '101'), ticker('BTCUSDT', '100', '90')].map((item) => [item.symbol, item]),
);
const shown = (view: MarketView, search = '') =>
  marketsOf(view, search, instruments, tickers, new Set(['ETHUSDT'])).map(({ base }) => base);

describe('markets', () => {
  test('all are in the order of the server', () => expect(shown('all')).toEqual(['SOL', 'BTC', 'ETH']));

  test('movers begin with the largest change in either direction; one without a ticker is last', () =>
    expect(shown('movers')).toEqual(['BTC', 'SOL', 'ETH']));

  test('favourites are the chosen ones', () => expect(shown('favourites')).toEqual(['ETH']));

  test.each(['btc', ' BTC/USDT', 'tcus'])('a search for “%s” finds a pair', (search) =>
    expect(shown('all', search)).toEqual(['BTC']));

  test('a search applies to each view', () => expect(shown('favourites', 'BTC')).toEqual([]));
});
