import { expect, test } from 'vitest';
import { choiceText, countText, foundText, sourceText, sourcesText } from '../../src/news/model/words';

const now = 1_000_000_000_000;
const minute = 60_000;

test('the state of a source names its last and its next check and the outcome', () => {
  const source = { id: 'feed-1', name: 'Feed', about: '', stories: 1 };
  expect(sourceText({ ...source, state: 'own' }, now)).toBe('1 story');
  expect(sourceText({ ...source, state: 'waiting', next: now + 1000 }, now)).toBe('1 story. Not checked yet. Next check in a moment.');
  expect(sourceText({ ...source, state: 'unchanged', stories: 2, checked: now - 5 * minute, next: now + 10 * minute, words: 'The feed has not changed (304).' }, now))
    .toBe('2 stories. Checked 5 min ago: The feed has not changed (304). Next check in 10 min.');
});

test('a story names its author and all of its sources', () => {
  const story = { id: 1, revision: 1, title: '', summary: '', source: 'a', topic: 'world', time: 0 };
  const nameOf = (id: string) => id.toUpperCase();
  expect(sourcesText(story, nameOf)).toBe('A');
  expect(sourcesText({ ...story, also: ['b', 'c'] }, nameOf)).toBe('A and B, C');
  expect(sourcesText({ ...story, name: 'Ada' }, nameOf)).toBe('Ada, A');
});

test('counts', () => {
  expect([countText(1), countText(2)]).toEqual(['1 new story', '2 new stories']);
});

test('what a choice selects', () => {
  expect(choiceText({ hidden: [] })).toBe('All topics');
  expect(choiceText({ topics: [], hidden: ['desk'] })).toBe('Breaking stories only');
  expect(choiceText({ topics: ['sport', 'world'], hidden: [] })).toBe('2 of 7 topics');
  expect(choiceText({ hidden: ['desk'] })).toBe('All topics, without 1 source');
  expect(choiceText({ topics: ['sport'], hidden: ['desk', 'events'] })).toBe('1 of 7 topics, without 2 sources');
});

test('what a search has found', () => {
  expect([1, 2, 50].map(foundText)).toEqual(['1 story with these words', '2 stories with these words', 'The latest 50 stories with these words']);
});
