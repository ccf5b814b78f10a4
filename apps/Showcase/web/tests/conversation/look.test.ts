import { expect, test } from 'vitest';
import { hueOf, initialsOf } from '../../src/conversation/look';

test.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Guest 3d77', 'G3'],
  ['Ada #3f2a', 'A3'],
  ['王小明', '王'],
  ['🦊 Fox', '🦊F'],
  ['…', '?'],
])('the initials of %s are %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});

test('a person has one colour whatever the name', () => {
  expect(hueOf('3f2a9c')).toBe(hueOf('3f2a9c'));
  expect(new Set(['3f2a', '91bc', '77d0', 'aa10', '0c3e'].map(hueOf)).size).toBeGreaterThan(1);
});
