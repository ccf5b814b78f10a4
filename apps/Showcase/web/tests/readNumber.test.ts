import { describe, expect, test } from 'vitest';
import { readNumber } from '../src/exchange/market/readNumber';

describe('a number as people write it', () => {
  test.each([
    ['', ''],
    ['  ', ''],
    ['142.37', '142.37'],
    ['0.', '0'],
    ['0.0', '0.0'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['1.', '1'],
    ['007', '7'],
    ['+5', '5'],
    // A single comma is the decimal point.
    ['0,5', '0.5'],
    [',5', '0.5'],
    ['5,', '5'],
    ['128,37', '128.37'],
    ['0,555', '0.555'],
    ['1,0005', '1.0005'],
    ['12345,678', '12345.678'],
    // A single point is the point, as everywhere on the page.
    ['1.000', '1.000'],
    ['96.037', '96.037'],
    // Thousands in the ways of the world.
    ['96,037.45', '96037.45'],
    ['1,000.5', '1000.5'],
    ['96.037,45', '96037.45'],
    ['1,234,567', '1234567'],
    ['1.234.567', '1234567'],
    ['1,234,567.8', '1234567.8'],
    ['1.234.567,8', '1234567.8'],
    ['12,34,567.8', '1234567.8'],
    ['1 000', '1000'],
    ['1\u00a0000,5', '1000.5'],
    ['1\u202f234\u202f567,89', '1234567.89'],
    ['1 234.5', '1234.5'],
    ['1\'234.50', '1234.50'],
    ['1’234,5', '1234.5'],
    // Other digits and signs.
    ['１２', '12'],
    ['１２．５', '12.5'],
    ['１，２３４．５', '1234.5'],
    ['١٢٣٫٥', '123.5'],
    ['१२३.५', '123.5'],
    // As it is copied from the page.
    ['49,327.72 USDT', '49327.72'],
    ['≈ 96,037.45 usdt', '96037.45'],
    ['\t0.25\n', '0.25'],
  ])('%j is %j', (typed, text) => expect(readNumber(typed, 'USDT')).toEqual({ text }));

  test.each([
    ['1,000', 'Do you mean 1000 or 1.000? Write it without the comma.'],
    ['96,037', 'Do you mean 96037 or 96.037? Write it without the comma.'],
    ['100,000 USDT', 'Do you mean 100000 or 100.000? Write it without the comma.'],
    ['1,2,3', '“1,2,3” is ambiguous: write it without commas, as in 1234.56.'],
    ['12,345,67', '“12,345,67” is ambiguous: write it without commas, as in 1234.56.'],
    ['1.2.3', '“1.2.3” is ambiguous: write it without commas, as in 1234.56.'],
    ['1,234.5,6', '“1,234.5,6” is ambiguous: write it without commas, as in 1234.56.'],
    ['1 0', '“1 0” is ambiguous: write it without commas, as in 1234.56.'],
    ['1e3', '“e” is not part of a number.'],
    ['0x10', '“x” is not part of a number.'],
    ['1-2', '“-” is not part of a number.'],
    ['1.5 BTC', '“B” is not part of a number.'],
    ['-5', 'The number must not be negative.'],
    ['−5', 'The number must not be negative.'],
    ['.', 'Enter a number.'],
    ['9'.repeat(25), 'A number has at most 24 digits.'],
  ])('%j is a problem: %s', (typed, problem) => expect(readNumber(typed, 'USDT')).toEqual({ problem }));
});
