import { describe, expect, test } from 'vitest';
import {
  divideFine,
  floorToStep,
  formatFine,
  formatUnits,
  groupThousands,
  multiplyFine,
  parseFine,
  parseUnits,
  placesOf,
  trimFine,
} from '../src/exchange/market/decimal';

describe('decimal', () => {
  test.each([
    ['0.01', 2],
    ['0.00100000', 3],
    ['1', 0],
    ['10.0', 0],
  ])('a step of %s has %i places', (step, places) => expect(placesOf(step)).toBe(places));

  test.each([
    ['142.37', 2, 14237],
    ['142', 2, 14200],
    ['142.50000000', 2, 14250],
    ['0.001', 3, 1],
    ['0', 2, 0],
    ['68123.45', 2, 6812345],
  ])('%s at %i places is %i units', (text, places, units) => expect(parseUnits(text, places)).toBe(units));

  test.each(['142.375', '', '.', '.5', '5.', '-1', '1e3', '1,000', ' 1', 'NaN', '99999999999999999'])(
    '%j is not a number of hundredths',
    (text) => expect(parseUnits(text, 2)).toBeNaN(),
  );

  test.each([
    [14237, 2, '142.37'],
    [5, 2, '0.05'],
    [0, 3, '0.000'],
    [7, 0, '7'],
    [-5, 2, '-0.05'],
    [-14237, 2, '-142.37'],
  ])('%i units at %i places read %s', (units, places, text) => expect(formatUnits(units, places)).toBe(text));

  test('thousands are separated only in the integer part', () => {
    expect(formatUnits(123456789012, 5, true)).toBe('1,234,567.89012');
    expect(groupThousands('1000')).toBe('1,000');
    expect(groupThousands('999.1234')).toBe('999.1234');
    expect(groupThousands('-123.4')).toBe('-123.4');
    expect(groupThousands('-1234567.8')).toBe('-1,234,567.8');
  });

  test('a fine number keeps eight decimals and truncates the ninth', () => {
    expect(parseFine('0.123456789')).toBe(12345678n);
    expect(parseFine('abc')).toBeUndefined();
  });

  test('0.1 times 0.2 is 0.02, exactly', () => {
    expect(trimFine(multiplyFine(parseFine('0.1') ?? 0n, parseFine('0.2') ?? 0n))).toBe('0.02');
  });

  test('a quotient is rounded down and is zero for a zero divisor', () => {
    expect(trimFine(divideFine(100000000n, 300000000n))).toBe('0.33333333');
    expect(divideFine(1n, 0n)).toBe(0n);
  });

  test('a value is floored to the step below it', () => {
    expect(trimFine(floorToStep(parseFine('1.23456') ?? 0n, parseFine('0.001') ?? 0n))).toBe('1.234');
  });

  test('a fine number is truncated, not rounded, for display', () => {
    expect(formatFine(parseFine('1234.999') ?? 0n, 2, true)).toBe('1,234.99');
  });

  test('trimming leaves whole numbers whole', () => {
    expect(trimFine(parseFine('100') ?? 0n)).toBe('100');
    expect(trimFine(parseFine('0') ?? 0n)).toBe('0');
  });
});
