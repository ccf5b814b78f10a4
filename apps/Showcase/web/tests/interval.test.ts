import { expect, test } from 'vitest';
import { type Interval, intervals, openTimeOf } from '../src/exchange/market/interval';

test.each<[Interval, string]>([
  ['1s', '2026-05-13T14:47:35.000Z'],
  ['3m', '2026-05-13T14:45:00.000Z'],
  ['2h', '2026-05-13T14:00:00.000Z'],
  ['8h', '2026-05-13T08:00:00.000Z'],
  ['1d', '2026-05-13T00:00:00.000Z'],
  ['3d', '2026-05-13T00:00:00.000Z'],
  ['1w', '2026-05-11T00:00:00.000Z'],
  ['1M', '2026-05-01T00:00:00.000Z'],
])('a candle of %s opens at %s', (interval, opens) =>
  expect(new Date(openTimeOf(interval, Date.parse('2026-05-13T14:47:35.250Z'))).toISOString()).toBe(opens));

test('every interval has a border at its open time', () => {
  for (const interval of intervals) {
    const opens = openTimeOf(interval, Date.parse('2026-02-28T23:59:59.999Z'));
    expect(openTimeOf(interval, opens)).toBe(opens);
    expect(openTimeOf(interval, opens - 1)).toBeLessThan(opens);
  }
});
