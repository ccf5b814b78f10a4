import { expect, test } from 'vitest';
import { Cues } from '../../src/stage/model/cues';
import { Playout } from '../../src/stage/model/playout';

test('Media are held back for as long as the slowest of them take', () => {
  const playout = new Playout();
  expect(playout.mediaAt(0)).toBeUndefined();
  for (let at = 0; at < 1000; at += 40) playout.arrived(at, at + (at === 400 ? 200 : 30));
  expect(playout.delay).toBeCloseTo(220, -1);
  expect(playout.mediaAt(1000)).toBeCloseTo(780, -1);
});

test('The delay shrinks slowly when the line is good again', () => {
  const playout = new Playout();
  playout.arrived(0, 500);
  for (let at = 600; at < 8000; at += 40) playout.arrived(at, at + 30);
  const before = playout.delay ?? 0;
  for (let at = 8000; at < 10_000; at += 40) playout.arrived(at, at + 30);
  expect(before - (playout.delay ?? 0)).toBeGreaterThan(5);
  expect(before - (playout.delay ?? 0)).toBeLessThan(15);
});

test('The delay is at most a second above the fastest arrival, and at least a little', () => {
  const playout = new Playout();
  playout.arrived(0, 30);
  playout.arrived(40, 5040);
  expect(playout.buffer).toBe(1000);
  playout.restart();
  playout.arrived(0, 30);
  expect(playout.buffer).toBe(60);
});

test('A slide turns when the media reach its time, and not before', () => {
  const cues = new Cues();
  cues.show({ slide: 2, at: 900 });
  cues.add({ slide: 3, at: 1300 });
  expect(cues.slideAt(1000)).toBe(2);
  expect(cues.slideAt(1299)).toBe(2);
  expect(cues.slideAt(1300)).toBe(3);
  expect(cues.lateAt(1340)).toBe(40);
});

test('A slide turns at once without media, without a time, or with a time of another clock', () => {
  const cues = new Cues();
  cues.add({ slide: 1, at: 1300 });
  expect(cues.slideAt(undefined)).toBe(1);
  cues.add({ slide: 2, at: 0 });
  expect(cues.slideAt(1000)).toBe(2);
  cues.add({ slide: 3, at: 99_000 });
  expect(cues.slideAt(1000)).toBe(3);
});

test('Of slides that are due together the last is shown', () => {
  const cues = new Cues();
  for (let slide = 0; slide < 50; slide++) cues.add({ slide, at: 1000 + slide });
  expect(cues.slideAt(1048)).toBe(48);
  expect(cues.slideAt(2000)).toBe(49);
});
