import { expect, test } from 'vitest';
import { type Kind, missedWords } from '../src/connection/missed';

const goals: Kind = ['goal', 'goals'];
const cards: Kind = ['card', 'cards'];

test.each([
  [160_000, [[goals, 1], [cards, 2]], 'While you were away (2:40): 1 goal, 2 cards.'],
  [4400, [[cards, 1]], 'While you were away (0:04): 1 card.'],
  [160_000, [[goals, 1], ['second half began', 1]], 'While you were away (2:40): 1 goal, second half began.'],
  [3_599_600, [[goals, 3]], 'While you were away (60:00): 3 goals.'],
  [160_000, [], ''],
  [400, [[goals, 1]], 'While you were away (0:01): 1 goal.'],
] as [number, [Kind, number][], string][])('%i ms: %s', (away, counts, words) => {
  expect(missedWords(away, new Map(counts))).toBe(words);
});
