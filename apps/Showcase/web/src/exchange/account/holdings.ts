import { formatFine, multiplyFine, parseFine, trimFine } from '../market/decimal';
import type { Instrument } from '../market/symbol';
import type { Ticker } from '../market/ticker';
import type { Balance } from './account';

/** A balance with its worth in the quote asset at the last price. */
export interface Holding extends Balance {
  total: string;
  /** The formatted value; undefined while the asset has no price. */
  value: string | undefined;
}

export interface Holdings {
  rows: Holding[];
  /** The formatted value of all assets; undefined while one that is held has no price. */
  value: string | undefined;
}

/** Returns the balances with their values in the quote asset, to its hundredth. */
export function holdingsOf(
  balances: readonly Balance[],
  instruments: readonly Instrument[],
  tickers: ReadonlyMap<string, Ticker>,
): Holdings {
  let sum: bigint | undefined = 0n;
  const rows = balances.map((balance) => {
    const total = (parseFine(balance.free) ?? 0n) + (parseFine(balance.locked) ?? 0n);
    const price = priceOf(balance.asset, instruments, tickers);
    const value = total === 0n ? 0n : price === undefined ? undefined : multiplyFine(total, price);
    sum = sum === undefined || value === undefined ? undefined : sum + value;
    return { ...balance, total: trimFine(total), value: shown(value) };
  });
  return { rows, value: shown(sum) };
}

function priceOf(asset: string, instruments: readonly Instrument[], tickers: ReadonlyMap<string, Ticker>) {
  if (instruments.some(({ quote }) => quote === asset)) return parseFine('1');
  const instrument = instruments.find(({ base }) => base === asset);
  const last = instrument && tickers.get(instrument.symbol)?.last;
  return last === undefined ? undefined : parseFine(last);
}

function shown(value: bigint | undefined): string | undefined {
  return value === undefined ? undefined : formatFine(value, 2, true);
}
