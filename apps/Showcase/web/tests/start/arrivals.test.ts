import { expect, test } from 'vitest';
import { Arrivals } from '../../src/start/arrivals';

test('The rate is that of the last five seconds, and the age the largest of them', () => {
  const arrivals = new Arrivals();
  arrivals.start(0);
  arrivals.add(900, 1000);
  for (let at = 2000; at <= 6000; at += 500) arrivals.add(at / 100, at);
  expect(arrivals.figures(6500)).toEqual({ perSecond: 9 / 5, oldest: 60 });
  expect(arrivals.count).toBe(10);
});

test('Just after the start the rate is that since the start', () => {
  const arrivals = new Arrivals();
  arrivals.start(0);
  arrivals.add(10, 500);
  arrivals.add(10, 1000);
  expect(arrivals.figures(2000)).toEqual({ perSecond: 1, oldest: 10 });
});

test('Without arrivals there is no age', () => {
  const arrivals = new Arrivals();
  arrivals.start(0);
  expect(arrivals.figures(1000)).toEqual({ perSecond: 0, oldest: 0 });
  arrivals.add(10, 1000);
  expect(arrivals.figures(60_000)).toEqual({ perSecond: 0, oldest: 0 });
});
