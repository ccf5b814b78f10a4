import type { Instrument } from '../market/symbol';
import type { Ticker } from '../market/ticker';

export type MarketView = 'all' | 'favourites' | 'movers';

/** Returns the markets of a view whose name contains the search text. Movers begin with the largest change of 24 h. */
export function marketsOf(
  view: MarketView,
  search: string,
  instruments: readonly Instrument[],
  tickers: ReadonlyMap<string, Ticker>,
  favourites: ReadonlySet<string>,
): readonly Instrument[] {
  const wanted = search.trim().toUpperCase().replace('/', '');
  const found = instruments.filter(({ symbol }) => symbol.includes(wanted));
  if (view === 'favourites') return found.filter(({ symbol }) => favourites.has(symbol));
  if (view === 'all') return found;
  const moved = ({ symbol }: Instrument) => {
    const ticker = tickers.get(symbol);
    const open = Number(ticker?.open ?? 0);
    return open === 0 ? -1 : Math.abs(Number(ticker?.last) / open - 1);
  };
  return found.toSorted((left, right) => moved(right) - moved(left));
}
