import { describe, expect, test } from 'vitest';
import { ListWindow } from '../../src/conversation/listWindow';
import type { Message } from '../../src/conversation/message';

const message = (id: number): Message =>
  ({ id, room: 'a', user: 'u', name: 'Ada', text: String(id), time: id, clientId: `c${id}` });
const from = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => message(first + index));
const ids = (window: ListWindow, messages: readonly Message[]) => window.of(messages).map(({ id }) => id);

describe('the window of a list', () => {
  test('contains all messages while they are few', () => {
    const window = new ListWindow(4, 2);
    window.hold([]);
    expect(ids(window, from(1, 4))).toEqual([1, 2, 3, 4]);
    expect([window.hasEarlier(from(1, 4)), window.hasLater(from(1, 4))]).toEqual([false, false]);
  });

  test('follows the latest messages until it is held', () => {
    const window = new ListWindow(4, 2);
    expect(ids(window, from(1, 9))).toEqual([6, 7, 8, 9]);
    window.hold(from(1, 9));
    expect(ids(window, from(1, 12))).toEqual([6, 7, 8, 9]);
    expect(window.hasLater(from(1, 12))).toBe(true);
    window.follow();
    expect(ids(window, from(1, 12))).toEqual([9, 10, 11, 12]);
  });

  test('moves up and down in steps to either end, and no further', () => {
    const window = new ListWindow(4, 2);
    const messages = from(1, 9);
    const seen = [];
    while (window.moveUp(messages)) seen.push(ids(window, messages)[0]);
    while (window.moveDown(messages)) seen.push(ids(window, messages)[0]);
    expect(seen).toEqual([4, 2, 1, 3, 5, 6]);
  });

  test('stays where it is when older messages are loaded', () => {
    const window = new ListWindow(4, 2);
    window.hold(from(5, 8));
    window.moveUp(from(5, 8));
    expect(ids(window, from(1, 8))).toEqual([5, 6, 7, 8]);
    expect(window.moveUp(from(1, 8))).toBe(true);
    expect(ids(window, from(1, 8))).toEqual([3, 4, 5, 6]);
  });

  test.each([
    [1, [1, 2, 3, 4]],
    [5, [3, 4, 5, 6]],
    [9, [6, 7, 8, 9]],
  ])('has message %i in the middle, or as near as it can', (id, shown) => {
    const window = new ListWindow(4, 2);
    window.center(from(1, 9), id);
    expect(ids(window, from(1, 9))).toEqual(shown);
  });

  test.each([[from(1, 3)], [[]], [from(90, 95)]])('is full again when the messages are replaced', (messages) => {
    const window = new ListWindow(4, 2);
    window.center(from(1, 50), 20);
    expect(window.of(messages)).toHaveLength(Math.min(4, messages.length));
  });
});
