export type Reading
  = | { text: string; problem?: never }
    | { text?: never; problem: string };

const mostDigits = 24;

/**
 * Parses a number as people type and paste it: thousands separated by commas, points, spaces or apostrophes, a comma as
 * the decimal point, ".5", "5.", digits of other scripts, and a trailing unit. The resulting text has a point and no
 * grouping. An ambiguous number is reported as a problem. Empty text is returned unchanged.
 */
export function readNumber(typed: string, unit = ''): Reading {
  const plain = plainDigits(withoutUnit(typed, unit));
  if (plain === '') return { text: '' };
  const strange = /[^\d.,\s'+-]/u.exec(plain)?.[0] ?? /(?!^)[+-]/.exec(plain)?.[0];
  if (strange !== undefined) return { problem: `“${strange}” is not part of a number.` };
  if (plain.startsWith('-')) return { problem: 'The number must not be negative.' };
  const unsigned = plain.replace(/^\+\s*/, '');
  if (!/\d/.test(unsigned)) return { problem: 'Enter a number.' };
  if (unsigned.replace(/\D/g, '').length > mostDigits) return { problem: `A number has at most ${mostDigits} digits.` };
  return readSeparated(unsigned);
}

function readSeparated(text: string): Reading {
  const groupedBySigns = /[\s']/.test(text);
  const commas = countOf(text, ',');
  const points = countOf(text, '.');
  const unclear: Reading = { problem: `“${text}” is ambiguous: write it without commas, as in 1234.56.` };

  if (commas > 0 && points > 0) {
    // The last separator is the decimal point, and it occurs once.
    const decimal = text.lastIndexOf(',') > text.lastIndexOf('.') ? ',' : '.';
    if (countOf(text, decimal) > 1 || groupedBySigns) return unclear;
    return decimalAt(text, decimal, decimal === ',' ? '.' : ',') ?? unclear;
  }
  if (commas > 1 || points > 1) {
    const sign = commas > 1 ? ',' : '.';
    return groupedBySigns ? unclear : (decimalAt(text, '', sign) ?? unclear);
  }
  if (groupedBySigns) {
    const sign = /[\s']/.exec(text)?.[0] ?? ' ';
    return decimalAt(text, commas > 0 ? ',' : '.', sign) ?? unclear;
  }
  if (commas === 1 && /^[1-9]\d{0,2},\d{3}$/.test(text)) {
    const [whole, rest] = text.split(',');
    return { problem: `Do you mean ${whole}${rest} or ${whole}.${rest}? Write it without the comma.` };
  }
  return decimalAt(text, commas > 0 ? ',' : '.', '') ?? unclear;
}

/** Returns the number when its integer part is grouped correctly: in threes, or in twos before the last three. */
function decimalAt(text: string, decimal: string, grouping: string): Reading | undefined {
  const [whole = '', fraction = '', ...more] = decimal === '' ? [text] : text.split(decimal);
  const groups = grouping === '' ? [whole] : whole.split(grouping);
  const [first = '', ...others] = groups;
  const last = others.at(-1);
  const isGrouped = last === undefined
    ? /^\d*$/.test(first)
    : /^\d{1,3}$/.test(first) && /^\d{3}$/.test(last) && hasEvenGroups(first, others.slice(0, -1));
  if (more.length > 0 || !isGrouped || !/^\d*$/.test(fraction)) return undefined;
  const digits = groups.join('').replace(/^0+(?=\d)/, '') || '0';
  return { text: fraction === '' ? digits : `${digits}.${fraction}` };
}

function hasEvenGroups(first: string, middle: readonly string[]): boolean {
  return middle.every((group) => /^\d{3}$/.test(group))
    || (first.length <= 2 && middle.every((group) => /^\d{2}$/.test(group)));
}

function withoutUnit(typed: string, unit: string): string {
  const text = typed.normalize('NFKC').trim().replace(/^≈\s*/, '');
  const hasUnit = unit !== '' && text.toUpperCase().endsWith(unit.toUpperCase());
  return hasUnit ? text.slice(0, -unit.length).trim() : text;
}

// Digits and separators of other scripts are replaced by ASCII ones; NFKC has replaced full-width ones already.
function plainDigits(text: string): string {
  return text
    .replace(/\p{Nd}/gu, (digit) => String(valueOf(digit)))
    .replace(/٫/g, ',')
    .replace(/٬/g, '\'')
    .replace(/[’ʼ`´]/g, '\'')
    .replace(/。/g, '.')
    .replace(/、/g, ',')
    .replace(/\s/gu, ' ')
    .replace(/[−–]/g, '-');
}

/** Returns the value of a decimal digit. Unicode encodes the ten digits of a script contiguously, after a non-digit. */
function valueOf(digit: string): number {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return code - zero;
}

function countOf(text: string, sign: string): number {
  return text.split(sign).length - 1;
}
