// Decimals as integers of their last digit: with 2 decimals, 142.37 is 14237. Prices and quantities of a book are far
// below 2^53, so they are exact numbers that compare, sort and key a map; products of two of them are bigints.

const pattern = /^(\d+)(?:\.(\d+))?$/;

/** Returns the number of decimals of a step: 2 for "0.010". */
export function placesOf(step: string): number {
  return (step.split('.')[1] ?? '').replace(/0+$/, '').length;
}

/** Parses `text` to units. Returns NaN for other text and for more than `places` decimals without trailing zeros. */
export function parseUnits(text: string, places: number): number {
  const match = pattern.exec(text);
  if (!match) return Number.NaN;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return Number.NaN;
  const units = Number(`${match[1]}${fraction.padEnd(places, '0')}`);
  return Number.isSafeInteger(units) ? units : Number.NaN;
}

/** Formats `units` with exactly `places` decimals, and with commas between thousands when `isGrouped`. */
export function formatUnits(units: number | bigint, places: number, isGrouped = false): string {
  const isNegative = units < 0;
  const digits = String(isNegative ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`;
  return `${isNegative ? '-' : ''}${isGrouped ? groupThousands(whole) : whole}${fraction}`;
}

/** Inserts thousands separators into a decimal: 1234567.8 becomes 1,234,567.8. */
export function groupThousands(text: string): string {
  const point = text.indexOf('.');
  const first = text.startsWith('-') ? 1 : 0;
  let grouped = text;
  for (let end = (point < 0 ? text.length : point) - 3; end > first; end -= 3) grouped = `${grouped.slice(0, end)},${grouped.slice(end)}`;
  return grouped;
}

/** The number of decimals of `parseFine`: that of balances and fees. */
export const finePlaces = 8;

/** Parses a decimal to a bigint of 10^-8; further decimals are truncated. Returns undefined for other text. */
export function parseFine(text: string): bigint | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  return BigInt(`${match[1]}${(match[2] ?? '').slice(0, finePlaces).padEnd(finePlaces, '0')}`);
}

const fineOne = 10n ** BigInt(finePlaces);

/** Returns the product of two fine numbers, rounded down. */
export function multiplyFine(left: bigint, right: bigint): bigint {
  return (left * right) / fineOne;
}

/** Returns the quotient of two fine numbers, rounded down; zero when the divisor is zero. */
export function divideFine(left: bigint, right: bigint): bigint {
  return right === 0n ? 0n : (left * fineOne) / right;
}

/** Returns the largest multiple of `step` that does not exceed `value`. */
export function floorToStep(value: bigint, step: bigint): bigint {
  return step === 0n ? value : value - (value % step);
}

/** Formats a fine number, truncated to `places` decimals. */
export function formatFine(value: bigint, places: number, isGrouped = false): string {
  const cut = value / 10n ** BigInt(finePlaces - places);
  return formatUnits(cut, places, isGrouped);
}

/** Formats a fine number without trailing zeros. */
export function trimFine(value: bigint): string {
  const text = formatUnits(value, finePlaces);
  return text.replace(/\.?0+$/, '');
}
