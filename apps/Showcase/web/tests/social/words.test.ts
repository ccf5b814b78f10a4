import { expect, test } from 'vitest';
import { hereWords, notificationWords, tagPieces } from '../../src/social/model/words';

const notification = { name: 'Ada', post: 1, text: '', seq: 1, time: 0 };

test.each([
  ['like', 1, 'Ada liked your post'],
  ['like', 213, 'Ada and 212 others liked your post'],
  ['repost', 2, 'Ada and 1 other reposted your post'],
  ['reply', 1, 'Ada replied to your post'],
  ['follow', 1, 'Ada follows you'],
  ['follow', 3, 'Ada and 2 others follow you'],
] as const)('%s of %d', (kind, count, words) =>
  expect(notificationWords({ ...notification, kind, count })).toBe(words));

test.each([
  [[], ''],
  [['Ada'], 'Ada is here'],
  [['Ada', 'Tom'], 'Ada and Tom are here'],
  [['Ada', 'Tom', 'Lea'], '3 others are here'],
])('%j', (names, words) => expect(hereWords(names)).toBe(words));

test.each([
  ['Nothing', []],
  ['#Sleep, and #sleep; then #time.', ['sleep', 'sleep', 'time']],
  ['https://example.org/#part a#b ##c', []],
  ['#a #1_2 #süß', ['1_2', 'süß']],
  ['<img src=x onerror=alert(1)>#xss', ['xss']],
])('the tags of %s', (text, tags) => {
  const pieces = tagPieces(text);
  expect(pieces.flatMap(({ tag }) => tag ?? [])).toEqual(tags);
  expect(pieces.map((piece) => piece.text).join('')).toBe(text);
});
