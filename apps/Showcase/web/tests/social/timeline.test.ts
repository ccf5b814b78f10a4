import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/social/model/messages';
import { Timeline } from '../../src/social/model/timeline';

const entry = (id: number): Entry => ({ id, user: 'ada', name: 'Ada', post: { id, user: 'ada', name: 'Ada', text: `${id}`, time: id, clientId: `client-${id}`, counts: {} } });
const page = (ids: number[], left = 0, latest = 1000) => ({ entries: ids.map(entry), left, latest });
const ids = (timeline: Timeline) => timeline.entries.map(({ id }) => id);

function loaded(...shown: number[]): Timeline {
  const timeline = new Timeline();
  timeline.restart(page(shown));
  return timeline;
}

describe('what arrives', () => {
  test('waits until it is revealed, and is there once however often it comes', () => {
    const timeline = loaded(3, 2, 1);
    expect(timeline.arrived(entry(5))).toBe(true);
    expect(timeline.arrived(entry(4))).toBe(true);
    expect(timeline.arrived(entry(5))).toBe(false);
    expect(timeline.arrived(entry(2))).toBe(false);
    expect(ids(timeline)).toEqual([3, 2, 1]);
    expect(timeline.waiting).toBe(2);
    expect(timeline.reveal()).toBe(true);
    expect(ids(timeline)).toEqual([5, 4, 3, 2, 1]);
    expect(timeline.waiting).toBe(0);
    expect(timeline.reveal()).toBe(false);
  });

  test('is shown at once in an empty timeline, and ignored before the timeline is loaded', () => {
    const timeline = new Timeline();
    expect(timeline.arrived(entry(1))).toBe(false);
    timeline.restart(page([]));
    timeline.arrived(entry(2));
    expect(ids(timeline)).toEqual([2]);
  });

  test('is bounded while nobody reads, and the rest is a gap with its exact size', () => {
    const timeline = loaded(1);
    for (let id = 2; id <= 501; id++) timeline.arrived(entry(id));
    expect(timeline.waiting).toBe(500);
    timeline.reveal();
    expect(timeline.entries).toHaveLength(301);
    expect(timeline.gapAfter(202)).toEqual({ above: 202, below: 1, count: 200 });
  });
});

describe('an interruption without recovery', () => {
  test('leaves a gap with its exact size, which parts of the gap fill', () => {
    const timeline = loaded(3, 2, 1);
    expect(timeline.restart(page([20, 19], 4))).toBe(6);
    expect(timeline.waiting).toBe(6);
    timeline.reveal();
    const gap = timeline.gapAfter(19);
    expect(gap).toEqual({ above: 19, below: 3, count: 4 });
    if (!gap) return;
    timeline.filled(gap, page([15, 13], 2));
    expect(timeline.gapAfter(13)).toEqual({ above: 13, below: 3, count: 2 });
    timeline.filled(gap, page([12, 11]));
    expect(ids(timeline)).toEqual([20, 19, 15, 13, 12, 11, 3, 2, 1]);
    expect([...ids(timeline)].filter((id) => timeline.gapAfter(id))).toEqual([]);
  });

  test('counts what was missed while other posts were still waiting', () => {
    const timeline = loaded(1);
    timeline.arrived(entry(2));
    timeline.restart(page([9], 3));
    timeline.restart(page([30], 7));
    expect(timeline.waiting).toBe(13);
    timeline.reveal();
    expect(timeline.gapAfter(30)).toEqual({ above: 30, below: 9, count: 7 });
    expect(timeline.gapAfter(9)).toEqual({ above: 9, below: 2, count: 3 });
  });

  test('begins again when the store is another one', () => {
    const timeline = loaded(300, 200);
    expect(timeline.restart(page([2, 1], 0, 2))).toBe(0);
    expect(ids(timeline)).toEqual([2, 1]);
  });
});

test('older entries are appended, and their number is the rest', () => {
  const timeline = new Timeline();
  timeline.restart(page([9, 8], 5));
  timeline.older(page([7, 6], 3));
  expect(ids(timeline)).toEqual([9, 8, 7, 6]);
  expect(timeline.left).toBe(3);
});

test('a page shows a bounded number of entries, and what it drops counts as older', () => {
  const timeline = loaded(...Array.from({ length: 500 }, (_, index) => 500 - index));
  for (let id = 501; id <= 700; id++) timeline.arrived(entry(id));
  timeline.reveal();
  expect(timeline.entries).toHaveLength(600);
  expect(timeline.isFull).toBe(true);
  expect(timeline.left).toBe(100);
});

test('removed entries leave the size of the gaps around them', () => {
  const timeline = loaded(1);
  timeline.restart(page([20, 19], 4));
  timeline.reveal();
  timeline.remove(({ id }) => id === 19);
  expect(timeline.gapAfter(20)).toEqual({ above: 20, below: 1, count: 4 });
});

test('any history of pages, gaps and arrivals accounts for each entry exactly once', () => {
  // A small generator, so that a failure is the same each time.
  for (let seed = 1; seed <= 200; seed++) {
    let state = seed;
    const random = (below: number) => (state = (state * 48271) % 2147483647) % below;
    const timeline = new Timeline();
    const server: number[] = [];
    let next = 1;
    const read = (after: number, before: number) => {
      const range = server.filter((id) => id > after && id < before).reverse();
      return page(range.slice(0, 3), Math.max(0, range.length - 3), next - 1);
    };
    timeline.restart(read(0, Infinity));
    for (let step = 0; step < 60; step++) {
      switch (random(6)) {
        case 0:
          server.push(next);
          timeline.arrived(entry(next++));
          break;
        case 1:
          for (let i = random(9); i > 0; i--) server.push(next++);
          timeline.restart(read(timeline.newest, Infinity));
          break;
        case 2:
          timeline.reveal();
          break;
        case 3: {
          const gaps = timeline.entries.map(({ id }) => timeline.gapAfter(id)).filter((gap) => gap !== undefined);
          const gap = gaps[random(Math.max(1, gaps.length))];
          if (gap) timeline.filled(gap, read(gap.below, gap.above));
          break;
        }
        default: {
          const last = timeline.entries.at(-1);
          if (last && timeline.left > 0) timeline.older(read(0, last.id));
        }
      }
      const shown = ids(timeline);
      const inGaps = shown.reduce((sum, id) => sum + (timeline.gapAfter(id)?.count ?? 0), 0);
      expect(shown).toEqual([...new Set(shown)].sort((one, other) => other - one));
      expect(shown.length + inGaps + timeline.waiting + timeline.left, `seed ${seed}, step ${step}`).toBe(server.length);
    }
  }
});
