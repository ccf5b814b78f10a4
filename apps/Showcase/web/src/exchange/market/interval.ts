const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

const lengths = {
  '1s': second,
  '1m': minute,
  '3m': 3 * minute,
  '5m': 5 * minute,
  '15m': 15 * minute,
  '30m': 30 * minute,
  '1h': hour,
  '2h': 2 * hour,
  '4h': 4 * hour,
  '6h': 6 * hour,
  '8h': 8 * hour,
  '12h': 12 * hour,
  '1d': day,
  '3d': 3 * day,
  '1w': week,
} as const;

/** An interval of the server's candles. */
export type Interval = keyof typeof lengths | '1M';

export const intervals: readonly Interval[] = [...(Object.keys(lengths) as (keyof typeof lengths)[]), '1M'];

// 1970-01-01 was a Thursday, and weeks begin on Mondays.
const firstMonday = 4 * day;

/** Returns the time at which the candle of a time opens. All borders are in UTC, as the server's are. */
export function openTimeOf(interval: Interval, time: number): number {
  if (interval === '1M') {
    const date = new Date(time);
    return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
  }
  const origin = interval === '1w' ? firstMonday : 0;
  return origin + Math.floor((time - origin) / lengths[interval]) * lengths[interval];
}
