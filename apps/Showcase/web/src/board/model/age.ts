const second = 1000;
const minute = 60 * second;

/** An instrument is quoted at least every 2 s: a price that is this much older than its pace is late. */
export const lateMilliseconds = 4000;

/** Returns an age in the largest unit that says something. */
export function showAge(milliseconds: number): string {
  if (milliseconds < 10 * second) return `${(Math.max(0, milliseconds) / second).toFixed(1)} s`;
  if (milliseconds < minute) return `${Math.floor(milliseconds / second)} s`;
  if (milliseconds < 60 * minute) return `${Math.floor(milliseconds / minute)} min`;
  return `${Math.floor(milliseconds / (60 * minute))} h`;
}

/** Returns the value below which a share of the values lies (nearest rank); 0 without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
