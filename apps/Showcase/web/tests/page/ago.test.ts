import { expect, test } from 'vitest';
import { agoText } from '../../src/page/ago';

const minute = 60_000;
const day = 24 * 60 * minute;
const now = 1_000_000_000_000;

test('ages', () => {
  const ages = [-5, 30_000, 5 * minute, 150 * minute, 30 * 60 * minute, 3 * day, 7 * day - 1];
  const texts = ages.map((age) => agoText(now - age, now));
  expect(texts).toEqual(['just now', 'just now', '5 min ago', '2 h ago', 'yesterday', '3 days ago', '6 days ago']);
});

test('what is a week old has its date', () => {
  expect(agoText(now - 7 * day, now)).toBe(new Date(now - 7 * day).toLocaleDateString());
});
