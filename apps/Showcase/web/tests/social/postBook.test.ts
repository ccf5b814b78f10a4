import { expect, test } from 'vitest';
import type { Post } from '../../src/social/model/messages';
import { PostBook } from '../../src/social/model/postBook';

const post = (change: Partial<Post> = {}): Post => ({
  id: 1, user: 'ada', name: 'Ada', text: 'Hello', time: 0, clientId: 'client-1', counts: { l: 1, v: 1 }, ...change,
});

test('the newer text and the newer numbers win, whatever arrives first', () => {
  const book = new PostBook();
  book.take(post({ text: 'Edited', revision: 1, counts: { l: 2, v: 2 } }), false);
  book.take(post({ counts: { l: 7, v: 7 } }), true);
  expect(book.find(1)).toMatchObject({ text: 'Edited', revision: 1, counts: { l: 7, v: 7 } });
  book.count(1, { l: 3, v: 3 });
  expect(book.find(1)?.counts).toEqual({ l: 7, v: 7 });
});

test('a publication, which many receive, does not change what this reader likes', () => {
  const book = new PostBook();
  book.take(post({ liked: true }), true);
  book.take(post({ revision: 1, text: 'Edited' }), false);
  expect(book.find(1)?.liked).toBe(true);
  book.take(post(), true);
  expect(book.find(1)?.liked).toBe(false);
});

test('numbers that arrive while a call is on its way are held back until it ends', () => {
  const book = new PostBook();
  book.take(post(), true);
  book.hold(1);
  book.count(1, { l: 2, v: 2 });
  expect(book.find(1)?.counts.l).toBe(1);
  book.mark(1, 'like', true, { v: 2 });
  book.release(1);
  expect(book.find(1)).toMatchObject({ liked: true, counts: { l: 2, v: 2 } });
});

test('the reply of a call that another window has outrun changes nothing', () => {
  const book = new PostBook();
  book.take(post(), true);
  book.mark(1, 'like', true, { v: 2 });
  book.mark(1, 'like', false, { v: 3 });
  book.mark(1, 'like', true, { v: 2 });
  expect(book.find(1)?.liked).toBe(false);
  book.take(post({ liked: true, reposted: true, counts: { l: 1, v: 2 } }), true);
  expect(book.find(1)).toMatchObject({ liked: false, reposted: true });
  book.take(post({ liked: true, counts: { l: 1, v: 4 } }), true);
  expect(book.find(1)?.liked).toBe(true);
});

test('posts that no list needs are forgotten', () => {
  const book = new PostBook();
  book.take(post(), true);
  book.take(post({ id: 2 }), true);
  book.keep(new Set([2]));
  expect(book.ids).toEqual([2]);
});
