import { expect, test } from 'vitest';
import type { Story } from '../../src/news/model/messages';
import { Stories } from '../../src/news/model/stories';

function story(id: number, rest: Partial<Story> = {}): Story {
  return { id, revision: 1, title: `Story ${id}`, summary: '', source: 'desk', topic: 'world', time: id * 1000, ...rest };
}

function idsOf(stories: readonly Story[]): number[] {
  return stories.map(({ id }) => id);
}

test('the list begins newest first, and a new story waits', () => {
  const stories = new Stories();
  stories.begin([story(1), story(3), story(2)], true);
  expect(stories.take(story(4))).toBe(true);
  expect(stories.take(story(4))).toBe(false);
  expect([idsOf(stories.shown), idsOf(stories.waiting), stories.hasMore]).toEqual([[3, 2, 1], [4], true]);
  stories.show();
  expect([idsOf(stories.shown), idsOf(stories.waiting)]).toEqual([[4, 3, 2, 1], []]);
});

test('a correction changes a story in its place, and an older state changes nothing', () => {
  const stories = new Stories();
  stories.begin([story(1), story(2)], false);
  expect(stories.take(story(1, { revision: 3, title: 'Right' }))).toBe(false);
  stories.take(story(1, { revision: 2, title: 'Wrong' }));
  expect(stories.shown.map(({ title }) => title)).toEqual(['Story 2', 'Right']);
});

test('a correction of a story that waits changes it there', () => {
  const stories = new Stories();
  stories.begin([story(1)], false);
  stories.take(story(2));
  expect(stories.take(story(2, { revision: 2, title: 'Right' }))).toBe(false);
  expect(stories.waiting.map(({ title }) => title)).toEqual(['Right']);
});

test('a correction of a story that is older than the list is no news', () => {
  const stories = new Stories();
  stories.begin([story(5), story(6)], true);
  expect(stories.take(story(2, { revision: 2 }))).toBe(false);
  expect(stories.waiting).toEqual([]);
});

test('one story of those that wait is shown alone', () => {
  const stories = new Stories();
  stories.begin([story(1)], false);
  stories.take(story(2));
  stories.take(story(3));
  stories.show(3);
  expect([idsOf(stories.shown), idsOf(stories.waiting)]).toEqual([[3, 1], [2]]);
});

test('older stories follow at the end, each once', () => {
  const stories = new Stories();
  stories.begin([story(5), story(4)], true);
  stories.add([story(4), story(3)]);
  expect(idsOf(stories.shown)).toEqual([5, 4, 3]);
});
