import { formatUnits, parseUnits } from './decimal';
import type { Instrument } from './symbol';

/** The 24-hour statistics of a symbol in the server's format. */
export interface Ticker {
  symbol: string;
  last: string;
  open: string;
  high: string;
  low: string;
  volume: string;
  quoteVolume: string;
  time: number;
  count: number;
}

/** The data of a subscription to tickers that receives only the latest one of each second. */
export const oncePerSecond = { pace: { delay_ms: 1000, latest: true } };

/** The same, every ten seconds. */
export const seldom = { pace: { delay_ms: 10_000, latest: true } };

export interface Change {
  absolute: string;
  percent: string;
  direction: 'up' | 'down' | 'none';
}

/** Returns the change from the opening price of the window to `last`, both in ticks. */
export function changeSince(open: number, last: number, instrument: Instrument): Change {
  const change = last - open;
  const hundredths = open === 0 ? 0 : Math.round((change / open) * 10_000);
  const sign = change > 0 ? '+' : '';
  return {
    absolute: `${sign}${formatUnits(change, instrument.pricePlaces, true)}`,
    percent: `${sign}${formatUnits(hundredths, 2)}%`,
    direction: change > 0 ? 'up' : change < 0 ? 'down' : 'none',
  };
}

/** Returns a ticker's change at a given last price, by default at its own. */
export function changeOf(ticker: Ticker, instrument: Instrument, last?: number): Change {
  const open = parseUnits(ticker.open, instrument.pricePlaces);
  return changeSince(open, last ?? parseUnits(ticker.last, instrument.pricePlaces), instrument);
}

const compactFormat = new Intl.NumberFormat('en', {
  notation: 'compact',
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/** Formats a large number with few digits, such as 260.5M. */
export function compact(text: string): string {
  return compactFormat.format(Number(text));
}
