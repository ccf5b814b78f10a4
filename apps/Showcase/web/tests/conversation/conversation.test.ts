import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/conversation/message';
import { Names, shownName } from '../../src/conversation/names';
import { People } from '../../src/conversation/people';
import { Reads } from '../../src/conversation/reads';
import { type FirstSeen, Rooms } from '../../src/chat/rooms';
import { Thread } from '../../src/conversation/thread';
import { Typing, typingWords } from '../../src/conversation/typing';
import { UnreadLine } from '../../src/conversation/unreadLine';

const message = (id: number): Message =>
  ({ id, room: 'a', user: 'u', name: 'Ada', text: String(id), time: id, clientId: `c${id}` });
const messages = (...ids: number[]) => ids.map(message);
const ids = (thread: Thread) => thread.messages.map((entry) => entry.id);

/** What a browser has stored of its first visits. */
function seenAt(seen: Record<string, number>): FirstSeen {
  return {
    of: (room) => seen[room],
    restart: (room, last) => {
      seen[room] = Math.min(seen[room] ?? last, last);
    },
  };
}

describe('thread', () => {
  test('a message is stored once, however often it arrives', () => {
    const thread = new Thread();
    thread.add(messages(1, 2));
    expect(thread.add(messages(2, 3))).toEqual(messages(3));
    expect(ids(thread)).toEqual([1, 2, 3]);
  });

  test('a page of history is prepended', () => {
    const thread = new Thread();
    thread.add(messages(5, 6));
    thread.add(messages(3, 4, 5));
    expect(ids(thread)).toEqual([3, 4, 5, 6]);
  });

  test('a late message is inserted in order', () => {
    const thread = new Thread();
    thread.add(messages(1, 4));
    thread.add(messages(2));
    expect(ids(thread)).toEqual([1, 2, 4]);
  });

  test('a changed message replaces the loaded one, and an older state of it does not', () => {
    const thread = new Thread();
    thread.add(messages(1, 2));
    thread.update({ ...message(1), text: 'edited', revision: 2 });
    thread.add([{ ...message(1), text: 'late', revision: 1 }]);
    thread.update({ ...message(7), revision: 1 });
    expect(thread.messages.map(({ text }) => text)).toEqual(['edited', '2']);
  });

  test('after an interruption, overlapping latest messages are merged', () => {
    const thread = new Thread();
    thread.add(messages(1, 2, 3));
    thread.restart(messages(3, 4, 5));
    expect(ids(thread)).toEqual([1, 2, 3, 4, 5]);
  });

  test('after a long interruption, the loaded messages are replaced and history fills the gap', () => {
    const thread = new Thread();
    thread.hasOlder = false;
    thread.add(messages(1, 2, 3));
    thread.restart(messages(90, 91));
    expect(ids(thread)).toEqual([90, 91]);
    expect(thread.hasOlder).toBe(true);
  });

  test.each([
    ['the same ids are other messages', [1, 2, 3], 'x'],
    ['it is empty', [], 'x'],
    ['it ends earlier', [1, 2], 'c'],
  ])('of another store nothing joins on: %s', (_, latest, prefix) => {
    const thread = new Thread();
    thread.add(messages(1, 2, 3));
    const theirs = latest.map((id) => ({ ...message(id), clientId: `${prefix}${id}` }));
    expect(thread.restart(theirs)).toBe(false);
    expect(thread.messages).toEqual(theirs);
  });
});

describe('names', () => {
  test('a unique name has no suffix', () => {
    const names = new Names();
    names.saw('aaaa11', 'Ada');
    names.saw('aaaa11', 'Ada');
    names.saw('bbbb22', 'Bob');
    expect(names.of('aaaa11', 'Ada')).toBe('Ada');
  });

  test.each(['Ada', ' ada ', 'Ａda', 'A\u200bda', '\u202eAda', 'Ada\u00ad'])('%j is the name of Ada to the eye', (name) => {
    const names = new Names();
    names.saw('aaaa11', 'Ada');
    names.saw('bbbb22', name);
    expect(names.of('aaaa11', 'Ada')).toBe('Ada #aaaa');
    expect(names.of('bbbb22', name)).toMatch(/^\S+ #bbbb$/);
  });

  test('a name cannot reverse the text around it, and keeps the joiners of its script', () => {
    expect(shownName('\u202enimdA')).toBe('nimdA');
    expect(shownName('👩\u200d🔬')).toBe('👩\u200d🔬');
    expect(shownName('\u200e')).toBe('Nameless');
  });
});

describe('typing', () => {
  test('an indicator expires after five seconds', () => {
    const typing = new Typing();
    typing.saw('u', 'Ada', 0);
    expect(typing.people(4999)).toEqual([{ user: 'u', name: 'Ada' }]);
    expect(typing.people(5000)).toEqual([]);
  });

  test('a message removes the indicator', () => {
    const typing = new Typing();
    typing.saw('u', 'Ada', 0);
    typing.stopped('u');
    expect(typing.people(1)).toEqual([]);
  });

  test('own indicators repeat every three seconds while a text is there, for half a minute after the latest input', () => {
    const typing = new Typing();
    typing.wrote(false, 0);
    const published = [0, 1000, 2999, 3000, 3001, 29_999, 33_000].map((now) => typing.shouldPublish(now));
    expect(published).toEqual([true, false, false, true, false, true, false]);
    typing.wrote(false, 33_001);
    expect(typing.shouldPublish(33_001)).toBe(true);
  });

  test('without a text no own indicator is due', () => {
    const typing = new Typing();
    expect(typing.shouldPublish(0)).toBe(false);
    typing.wrote(false, 0);
    typing.wrote(true, 1);
    expect(typing.shouldPublish(2)).toBe(false);
  });

  test('after an own message the next indicator is due at the next input', () => {
    const typing = new Typing();
    typing.wrote(false, 0);
    typing.shouldPublish(0);
    typing.sent();
    expect(typing.shouldPublish(3000)).toBe(false);
    typing.wrote(false, 100);
    expect(typing.shouldPublish(100)).toBe(true);
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

  test('two windows of one person are one person until both are closed', () => {
    const people = new People();
    people.load({ a: client('a', 'u', 'Ada') });
    expect(people.join(client('b', 'u', 'Ada'))).toBeUndefined();
    expect(people.present.length).toBe(1);
    expect(people.leave(client('a', 'u', 'Ada'))).toBeUndefined();
    expect(people.isPresent('u')).toBe(true);
    expect(people.leave(client('b', 'u', 'Ada'))).toEqual({ person: { user: 'u', name: 'Ada' }, isHere: false });
    expect(people.present).toEqual([]);
  });

  test('a person who joins is reported once', () => {
    const people = new People();
    const came = { person: { user: 'u', name: 'Ada' }, isHere: true };
    expect(people.join(client('a', 'u', 'Ada'))).toEqual(came);
    expect(people.join(client('a', 'u', 'Ada'))).toBeUndefined();
  });

  test('readers without an account are counted individually', () => {
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
  });

  test('a reader is listed only at the last message they have read', () => {
    const reads = new Reads();
    reads.move({ user: 'b', name: 'Bob', id: 5 });
    reads.move({ user: 'c', name: 'Carol', id: 2 });
    reads.move({ user: 'me', name: 'Me', id: 9 });
    const own = [{ id: 1 }, { id: 2 }, { id: 4 }, { id: 8 }];
    const readers = [...reads.lastReadBy(own, 'me')].map(([id, markers]) => [id, markers.map(({ name }) => name)]);
    expect(readers).toEqual([[4, ['Bob']], [2, ['Carol']]]);
  });

  test('after an interruption without recovery the markers are those of the server, even when they are lower', () => {
    const reads = new Reads();
    reads.move({ user: 'u', name: 'Ada', id: 50 });
    reads.restart([{ user: 'u', name: 'Ada', id: 3 }]);
    expect(reads.of('u')).toBe(3);
  });
});

describe('rooms', () => {
  const summary = (room: string, last: number, read: number) =>
    ({ room, title: room, last: { ...message(last), room }, read });
  const rooms = () => {
    const made = new Rooms(seenAt({}));
    made.restart([summary('a', 7, 4), summary('b', 3, 3)]);
    return made;
  };

  test('messages between the marker and the latest message are unread', () => {
    expect(['a', 'b', 'c'].map((room) => rooms().unread(room))).toEqual([3, 0, 0]);
  });

  test('for somebody new, only what came after the first visit is unread', () => {
    const seen = { b: 90 };
    const known = new Rooms(seenAt(seen));
    known.restart([summary('a', 220, 0), summary('b', 3, 0)]);
    expect(['a', 'b'].map((room) => known.unread(room))).toEqual([0, 0]);
    known.take({ ...message(221), room: 'a' });
    known.take({ ...message(4), room: 'b' });
    expect(['a', 'b'].map((room) => known.unread(room))).toEqual([1, 1]);
    expect(seen).toEqual({ a: 220, b: 3 });
  });

  test('an edited latest message replaces its earlier state and nothing newer', () => {
    const known = rooms();
    known.take({ ...message(7), room: 'a', text: 'edited', revision: 1 });
    expect(known.find('a')?.last?.text).toBe('edited');
    known.take({ ...message(6), room: 'a', text: 'late', revision: 5 });
    expect(known.find('a')?.last?.text).toBe('edited');
  });

  test('skipped states change nothing, because the latest one counts', () => {
    const known = rooms();
    known.take({ ...message(12), room: 'b' });
    known.take({ ...message(11), room: 'b' });
    expect(known.unread('b')).toBe(9);
    known.moveRead('b', 12);
    known.moveRead('b', 5);
    expect(known.unread('b')).toBe(0);
  });

  test('a reply that is older than a push reverts nothing', () => {
    const known = rooms();
    known.take({ ...message(9), room: 'a' });
    known.moveRead('a', 9);
    known.restart([summary('a', 7, 4), summary('b', 3, 3)]);
    expect(known.unread('a')).toBe(0);
    expect(known.find('a')?.last?.id).toBe(9);
  });

  test('updates of an earlier connection do not override the state of this one', () => {
    const known = rooms();
    known.take({ ...message(90), room: 'a' });
    known.moveRead('a', 90);
    known.reconnected();
    known.restart([summary('a', 2, 1), summary('b', 0, 0)]);
    expect(known.find('a')?.last?.id).toBe(2);
    expect([known.unread('a'), known.unread('b')]).toEqual([1, 0]);
  });

  test('the next and the previous room wrap around at the end', () => {
    expect(rooms().neighbour('b', 1)).toBe('a');
    expect(rooms().neighbour('a', -1)).toBe('b');
  });
});

describe('unread line', () => {
  const from = (user: string, id: number) => ({ ...message(id), user });

  test('is drawn above the first unread message of another user', () => {
    const line = new UnreadLine();
    line.leave(2);
    expect(line.above([from('u', 1), from('u', 2), from('me', 3), from('u', 4), from('u', 5)], 'me')).toBe(4);
  });

  test('is not drawn for a user who has read everything, has no marker, or has seen everything', () => {
    const line = new UnreadLine();
    expect(line.above(messages(1, 2), 'me')).toBeUndefined();
    line.leave(2);
    expect(line.above(messages(1, 2), 'me')).toBeUndefined();
    line.clear();
    expect(line.above(messages(1, 2, 3), 'me')).toBeUndefined();
  });
});
