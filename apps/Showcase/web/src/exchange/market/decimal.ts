// Decimals as whole numbers of their last digit: at 2 places, 142.37 is 14237. Prices and quantities of a book stay far
// below 2^53, so they are exact numbers that compare, sort and key a map; products of two of them are bigints.

const pattern = /^(\d+)(?:\.(\d+))?$/;

/** Places after the point that a step such as "0.010" has: 2. */
export function placesOf(step: string): number {
  return (step.split('.')[1] ?? '').replace(/0+$/, '').length;
}

/** Units of `text`, or NaN when it is no decimal or has more places than `places`. Zeros at the end do not count. */
export function parseUnits(text: string, places: number): number {
  const match = pattern.exec(text);
  if (!match) return Number.NaN;
  const fraction = (match[2] ?? '').replace(/0+$/, '');
  if (fraction.length > places) return Number.NaN;
  const units = Number(`${match[1]}${fraction.padEnd(places, '0')}`);
  return Number.isSafeInteger(units) ? units : Number.NaN;
}

/** `units` as text with exactly `places` places; thousands are parted by commas when `isGrouped`. */
export function formatUnits(units: number | bigint, places: number, isGrouped = false): string {
  const isNegative = units < 0;
  const digits = String(isNegative ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = places === 0 ? '' : `.${digits.slice(-places)}`;
  return `${isNegative ? '-' : ''}${isGrouped ? groupThousands(whole) : whole}${fraction}`;
}

/** Parts the thousands of a decimal text: 1234567.8 becomes 1,234,567.8. */
export function groupThousands(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Places kept by `parseFine`: what balances and fees are given in. */
export const finePlaces = 8;

/** A decimal with up to eight places as a bigint of 10^-8; further places are cut off. Undefined for other text. */
export function parseFine(text: string): bigint | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  return BigInt(`${match[1]}${(match[2] ?? '').slice(0, finePlaces).padEnd(finePlaces, '0')}`);
}

const fineOne = 10n ** BigInt(finePlaces);

/** Product of two fine numbers, rounded down. */
export function multiplyFine(left: bigint, right: bigint): bigint {
  return (left * right) / fineOne;
}

/** Quotient of two fine numbers, rounded down; zero when the divisor is zero. */
export function divideFine(left: bigint, right: bigint): bigint {
  return right === 0n ? 0n : (left * fineOne) / right;
}

/** The largest multiple of `step` not above `value`. */
export function floorToStep(value: bigint, step: bigint): bigint {
  return step === 0n ? value : value - (value % step);
}

/** A fine number as text, cut to `places`. */
export function formatFine(value: bigint, places: number, isGrouped = false): string {
  const cut = value / 10n ** BigInt(finePlaces - places);
  return formatUnits(cut, places, isGrouped);
}

/** A fine number without zeros at the end. */
export function trimFine(value: bigint): string {
  const text = formatUnits(value, finePlaces);
  return text.replace(/\.?0+$/, '');
}
