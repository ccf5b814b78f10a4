import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/chat/model/message';
import { People } from '../../src/chat/model/people';
import { Reads } from '../../src/chat/model/reads';
import { Thread } from '../../src/chat/model/thread';
import { Typing, typingWords } from '../../src/chat/model/typing';

const message = (id: number): Message =>
  ({ id, room: 'a', user: 'u', name: 'Ada', text: String(id), time: id, clientId: `c${id}` });
const messages = (...ids: number[]) => ids.map(message);
const ids = (thread: Thread) => thread.messages.map((entry) => entry.id);

describe('thread', () => {
  test('a message is there once, however often it arrives', () => {
    const thread = new Thread();
    thread.add(messages(1, 2));
    expect(thread.add(messages(2, 3))).toEqual(messages(3));
    expect(ids(thread)).toEqual([1, 2, 3]);
  });

  test('a page of history goes before what is here', () => {
    const thread = new Thread();
    thread.add(messages(5, 6));
    thread.add(messages(3, 4, 5));
    expect(ids(thread)).toEqual([3, 4, 5, 6]);
  });

  test('a late message finds its place', () => {
    const thread = new Thread();
    thread.add(messages(1, 4));
    thread.add(messages(2));
    expect(ids(thread)).toEqual([1, 2, 4]);
  });

  test('after a break, latest messages that overlap join on', () => {
    const thread = new Thread();
    thread.add(messages(1, 2, 3));
    thread.restart(messages(3, 4, 5));
    expect(ids(thread)).toEqual([1, 2, 3, 4, 5]);
  });

  test('after a break that is too long, what is here makes room: history fills the hole', () => {
    const thread = new Thread();
    thread.hasOlder = false;
    thread.add(messages(1, 2, 3));
    thread.restart(messages(90, 91));
    expect(ids(thread)).toEqual([90, 91]);
    expect(thread.hasOlder).toBe(true);
  });
});

describe('typing', () => {
  test('a sign fades after five seconds', () => {
    const typing = new Typing();
    typing.saw('u', 'Ada', 0);
    expect(typing.names(4999)).toEqual(['Ada']);
    expect(typing.names(5000)).toEqual([]);
  });

  test('a message takes the sign away', () => {
    const typing = new Typing();
    typing.saw('u', 'Ada', 0);
    typing.stopped('u');
    expect(typing.names(1)).toEqual([]);
  });

  test('own signs are published at most every three seconds', () => {
    const typing = new Typing();
    const published = [0, 1000, 2999, 3000, 3001].map((now) => typing.shouldPublish(now));
    expect(published).toEqual([true, false, false, true, false]);
  });

  test.each([
    [[], ''],
    [['Ada'], 'Ada is typing…'],
    [['Ada', 'Bob'], 'Ada and Bob are typing…'],
    [['Ada', 'Bob', 'Cy'], '3 people are typing…'],
  ])('%j reads %j', (names, words) => expect(typingWords(names)).toBe(words));
});

describe('people', () => {
  const client = (id: string, user: string, name: string) => ({ client: id, user, connInfo: { name } });

  test('two windows of one person are one person until both are gone', () => {
    const people = new People();
    people.load({ a: client('a', 'u', 'Ada') });
    people.join(client('b', 'u', 'Ada'));
    expect(people.present.length).toBe(1);
    people.leave(client('a', 'u', 'Ada'));
    expect(people.isPresent('u')).toBe(true);
    people.leave(client('b', 'u', 'Ada'));
    expect(people.present).toEqual([]);
  });

  test('readers without an account count each', () => {
    const people = new People();
    people.load({ a: { client: 'a', user: '' }, b: { client: 'b', user: '' } });
    expect(people.present.length).toBe(2);
  });
});

describe('reads', () => {
  test('markers only move forward', () => {
    const reads = new Reads();
    reads.move({ user: 'u', name: 'Ada', id: 5 });
    reads.move({ user: 'u', name: 'Ada', id: 3 });
    expect(reads.of('u')).toBe(5);
    expect(reads.readersOf(4, 'me')).toEqual(['Ada']);
    expect(reads.readersOf(6, 'me')).toEqual([]);
    expect(reads.readersOf(4, 'u')).toEqual([]);
  });
});
