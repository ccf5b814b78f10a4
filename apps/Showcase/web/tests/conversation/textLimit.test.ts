import { describe, expect, test } from 'vitest';
import { charactersOf, limitOf } from '../../src/conversation/textLimit';

const face = '\u{1F600}';
const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}';

describe('the limit of a text', () => {
  // The same rows are in the server's tests (CharactersTests).
  test.each([
    ['', 0],
    ['Ada', 3],
    ['e\u0301', 1],
    [face + face, 2],
    [family, 1],
    ['\u{1F1E9}\u{1F1EA}\u{1F1EB}\u{1F1F7}', 2],
    ['\u{1F44D}\u{1F3FD}', 1],
    ['\u2764\uFE0F', 1],
    ['\uD55C\uAE00', 2],
    ['a\r\nb', 3],
  ])('%j has %i characters', (text, count) => expect(charactersOf(text)).toBe(count));

  test.each([
    ['x'.repeat(1800), '200 left', ''],
    ['x'.repeat(2000), '0 left', ''],
    ['x'.repeat(2001), '1 too many', 'Too long to send: a message has at most 2000 characters.'],
    ['x'.repeat(30_000), '28000 too many', 'Too long to send: a message has at most 2000 characters.'],
    [face.repeat(1500), '', ''],
    [family.repeat(241), '', 'Too long to send: these characters take 6025 bytes, and a message has at most 6000.'],
    [`e${'\u0301'.repeat(3000)}`, '', 'Too long to send: these characters take 6001 bytes, and a message has at most 6000.'],
  ])('case %#', (text, count, problem) =>
    expect(limitOf(text)).toEqual({ isTooLong: problem !== '', count, problem }));
});
