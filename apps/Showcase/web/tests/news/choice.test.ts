import { expect, test } from 'vitest';
import { filterOf, hasTopic, isChosen, parseChoice, withSource, withTopic } from '../../src/news/model/choice';

const everything = { hidden: [] };
const breaking = { key: 'breaking', cmp: 'eq', val: '1' };

test('the choice of everything needs no filter', () => {
  expect(filterOf(everything)).toBeNull();
});

test('the filter selects topics and leaves out sources, and breaking stories pass it', () => {
  const topics = { key: 'topic', cmp: 'in', vals: ['science'] };
  const sources = { key: 'source', cmp: 'nin', vals: ['events'] };
  expect(filterOf({ topics: ['science'], hidden: [] })).toEqual({ op: 'or', nodes: [breaking, topics] });
  expect(filterOf({ hidden: ['events'] })).toEqual({ op: 'or', nodes: [breaking, sources] });
  expect(filterOf({ topics: ['science'], hidden: ['events'] }))
    .toEqual({ op: 'or', nodes: [breaking, { op: 'and', nodes: [topics, sources] }] });
  expect(filterOf({ topics: [], hidden: ['events'] })).toEqual(breaking);
});

test('the page chooses as the filter does', () => {
  const choice = { topics: ['science'], hidden: ['events'] };
  expect(isChosen(choice, { topic: 'science', source: 'desk' })).toBe(true);
  expect(isChosen(choice, { topic: 'science', source: 'events' })).toBe(false);
  expect(isChosen(choice, { topic: 'sport', source: 'desk' })).toBe(false);
  expect(isChosen(choice, { topic: 'sport', source: 'events', breaking: true })).toBe(true);
});

test('a topic is left out and taken back', () => {
  const without = withTopic(everything, 'sport', false);
  expect(hasTopic(without, 'sport')).toBe(false);
  expect(hasTopic(without, 'science')).toBe(true);
  expect(withTopic(without, 'sport', true)).toEqual(everything);
});

test('a source is left out once and taken back', () => {
  const without = withSource(withSource(everything, 'desk', false), 'desk', false);
  expect(without.hidden).toEqual(['desk']);
  expect(withSource(without, 'desk', true)).toEqual(everything);
});

test('what is stored is read, and everything else is the choice of everything', () => {
  expect(parseChoice('{"topics":["science","gossip",7],"hidden":["desk",7]}')).toEqual({ topics: ['science'], hidden: ['desk'] });
  for (const text of [undefined, '', '[', 'null', '7', '{"topics":7}']) expect(parseChoice(text)).toEqual(everything);
});
