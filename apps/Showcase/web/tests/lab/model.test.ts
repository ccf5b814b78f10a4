import { describe, expect, test } from 'vitest';
import { Arrivals } from '../../src/lab/model/arrivals';
import { figuresOf, rows } from '../../src/lab/model/figures';
import { faultOf, knobs, queryOf, settingsFrom } from '../../src/lab/model/settings';
import type { LineCounts } from '../../src/line/lineApi';

function arrived(...numbers: number[]): Arrivals {
  const arrivals = new Arrivals();
  for (const number of numbers) arrivals.add(number, number * 10, 50);
  return arrivals;
}

function line(opened: number, up: number, down: number): LineCounts {
  const bytes = (delivered: number) => ({ sent: delivered, delivered, held: 0 });
  return { opened, open: 1, refused: 0, up: bytes(up), down: bytes(down) };
}

describe('Arrivals', () => {
  test('counts what is missing between the first and the latest event', () => {
    expect(arrived().missed).toBe(0);
    expect(arrived(3, 4, 5).missed).toBe(0);
    expect(arrived(3, 4, 9).missed).toBe(4);
    expect(arrived(3, 9, 4, 5, 6, 7, 8).missed).toBe(0);
  });

  test('counts an event that arrives again once, as doubled', () => {
    const arrivals = arrived(1, 2, 2, 1, 3);
    expect([arrivals.events, arrivals.doubled, arrivals.missed, arrivals.bytes]).toEqual([3, 2, 0, 150]);
  });

  test('returns the delay that a share of the events did not exceed', () => {
    const arrivals = arrived(...Array.from({ length: 20 }, (_, index) => 20 - index));
    expect([arrivals.delay(0.5), arrivals.delay(0.95), arrivals.delay(1)]).toEqual([100, 190, 200]);
    expect(arrived().delay(0.5)).toBeUndefined();
  });
});

describe('Figures', () => {
  test('are the bodies that the server counted, and the rest of the line as heads', () => {
    const counts = { requests: 7, empty: 5, bodyUp: 0, bodyDown: 300, late: 0 };
    const figures = figuresOf(arrived(1, 2), line(3, 900, 1500), counts);
    expect(figures).toMatchObject({
      connections: 3,
      requests: 7,
      empty: 5,
      headsUp: 900,
      bodiesUp: 0,
      headsDown: 1200,
      bodiesDown: 300,
      bytesPerEvent: 1200,
    });
  });

  test('of the hub count the events as bodies and a request for each connection', () => {
    expect(figuresOf(arrived(1, 2), line(2, 500, 700), undefined)).toMatchObject({
      requests: 2, empty: 0, bodiesDown: 100, headsDown: 600, headsUp: 500,
    });
  });

  test('are never negative when a body is counted before the line has delivered it', () => {
    expect(figuresOf(arrived(), line(1, 0, 10), { requests: 1, empty: 0, bodyUp: 5, bodyDown: 20, late: 0 }))
      .toMatchObject({ headsUp: 0, headsDown: 0, bytesPerEvent: undefined });
  });

  test('without counts are displayed as dashes', () => {
    const words = rows.map((row) => row.words(figuresOf(arrived(), undefined, undefined)));
    expect(words).toEqual(['0', ...Array(10).fill('–'), '0', '0']);
  });
});

describe('Settings', () => {
  test('are read from the query that they produce', () => {
    const settings = { ...settingsFrom(''), rate: '20', line: 'modem', poll: '5000' };
    expect(settingsFrom(queryOf(settings))).toEqual(settings);
  });

  test('have their defaults for unknown values', () => {
    const initial = Object.fromEntries(knobs.map((knob) => [knob.name, knob.initial]));
    expect(settingsFrom('?rate=1000&line=%3Cb%3E&other=1')).toEqual(initial);
  });

  test('above the rate of the server have a fault', () => {
    expect(faultOf({ ...settingsFrom(''), rate: '20', payload: '4000' })).toContain('10 kB a second');
    expect(faultOf({ ...settingsFrom(''), rate: '20', payload: '500' })).toBe('');
  });
});
