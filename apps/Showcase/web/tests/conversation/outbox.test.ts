import { describe, expect, test } from 'vitest';
import type { Message, Pending } from '../../src/conversation/message';
import { Outbox, type Post } from '../../src/conversation/outbox';

const noAnswer = { code: 1, message: 'timeout' };

/** A server that remembers client ids, behind a line that a test cuts. */
class Line implements Post {
  readonly kept = new Map<string, Pending>();
  isUp = true;
  losesAnswers = false;
  heldBack = false;
  calls = 0;
  readonly received = new Map<string, Message>();
  #id = 0;

  send({ room, text, clientId }: Pending): Promise<Message> {
    this.calls++;
    if (!this.isUp) return Promise.reject(noAnswer);
    if (this.heldBack) return Promise.reject({ code: 429, message: 'Slow down.' });
    if (text === 'refused') return Promise.reject({ code: 400, message: 'a text must have 1 to 2000 characters' });
    const known = this.received.get(clientId);
    const message = known ?? { id: this.received.size + 1, room, user: 'u', name: 'Ada', text, time: 0, clientId };
    this.received.set(clientId, message);
    return this.losesAnswers ? Promise.reject(noAnswer) : Promise.resolve(message);
  }

  isConnected = () => this.isUp;
  // A stored copy, as persistent storage would return it.
  load = () => structuredClone([...this.kept.values()]);
  keep = (pending: Pending) => void this.kept.set(pending.clientId, structuredClone(pending));
  drop = (clientId: string) => void this.kept.delete(clientId);
  now = () => 0;
  makeId = () => `client-${++this.#id}`;
}

function make(line: Line) {
  const delivered: Message[] = [];
  const outbox = new Outbox(line, (message) => delivered.push(message), () => {});
  return { outbox, delivered };
}

describe('outbox', () => {
  test('sends at once while connected', async () => {
    const line = new Line();
    const { outbox, delivered } = make(line);
    outbox.put('lobby', 'hello');
    await outbox.flush();
    await Promise.resolve();
    expect(delivered.map((message) => message.text)).toEqual(['hello']);
    expect(outbox.of('lobby')).toEqual([]);
  });

  test('a rate limit is reported with its reason, and pending messages are sent afterwards', async () => {
    const line = new Line();
    line.heldBack = true;
    const { outbox, delivered } = make(line);
    outbox.put('lobby', 'much');
    await Promise.resolve();
    await outbox.flush();
    expect(outbox.heldBack).toBe('Slow down.');
    expect(outbox.of('lobby').length).toBe(1);
    line.heldBack = false;
    await outbox.flush();
    expect(outbox.heldBack).toBe('');
    expect(delivered.length).toBe(1);
  });

  test('messages written offline are delivered in order, each once', async () => {
    const line = new Line();
    line.isUp = false;
    const { outbox, delivered } = make(line);
    outbox.put('lobby', 'one');
    outbox.put('lobby', 'two');
    expect(outbox.of('lobby').length).toBe(2);
    line.isUp = true;
    await outbox.flush();
    expect(delivered.map((message) => message.text)).toEqual(['one', 'two']);
    expect(line.received.size).toBe(2);
  });

  test('a lost reply leads to a retry with the same client id and not to a duplicate', async () => {
    const line = new Line();
    line.losesAnswers = true;
    const { outbox, delivered } = make(line);
    outbox.put('lobby', 'once');
    await outbox.flush();
    expect(delivered).toEqual([]);
    line.losesAnswers = false;
    await outbox.flush();
    await outbox.flush();
    expect(line.received.size).toBe(1);
    expect(delivered.length).toBe(1);
  });

  test('a message that arrived as a publication is not sent again', async () => {
    const line = new Line();
    line.losesAnswers = true;
    const { outbox } = make(line);
    outbox.put('lobby', 'seen');
    await outbox.flush();
    const calls = line.calls;
    outbox.settle('client-1');
    line.losesAnswers = false;
    await outbox.flush();
    expect(line.calls).toBe(calls);
    expect(outbox.of('lobby')).toEqual([]);
  });

  test('a rejected message is kept with its reason and does not block the next', async () => {
    const line = new Line();
    line.isUp = false;
    const { outbox, delivered } = make(line);
    outbox.put('lobby', 'refused');
    outbox.put('lobby', 'fine');
    line.isUp = true;
    await outbox.flush();
    expect(delivered.map((message) => message.text)).toEqual(['fine']);
    expect(outbox.of('lobby')[0]?.problem).toBe('a text must have 1 to 2000 characters');
    outbox.discard('client-1');
    expect(outbox.of('lobby')).toEqual([]);
  });

  test('a reload loses nothing', async () => {
    const line = new Line();
    line.isUp = false;
    make(line).outbox.put('lobby', 'kept');
    line.isUp = true;
    const { outbox, delivered } = make(line);
    expect(outbox.of('lobby').length).toBe(1);
    await outbox.flush();
    expect(delivered.map((message) => message.text)).toEqual(['kept']);
  });

  test('messages of a room that is not open are sent too, in the order they were written', async () => {
    const line = new Line();
    line.isUp = false;
    const written = make(line).outbox;
    written.put('lobby', 'one');
    written.put('markets', 'two');
    written.put('lobby', 'three');
    const { outbox, delivered } = make(line);
    expect(outbox.of('markets').map(({ text }) => text)).toEqual(['two']);
    line.isUp = true;
    await outbox.flush();
    expect(delivered.map(({ room, text }) => `${room} ${text}`)).toEqual(['lobby one', 'markets two', 'lobby three']);
    expect(line.kept.size).toBe(0);
  });

  test('what was written for a room that had no name yet is sent to that room, after a reload too', async () => {
    const line = new Line();
    line.isUp = false;
    const first = make(line).outbox;
    first.put('new', 'one');
    first.put('new', 'two');
    first.put('lobby', 'three');
    first.move('new', 'named');
    expect(first.of('new')).toEqual([]);
    line.isUp = true;
    const { outbox, delivered } = make(line);
    await outbox.flush();
    expect(delivered.map(({ room, text }) => `${room} ${text}`)).toEqual(['named one', 'named two', 'lobby three']);
  });

  test('two windows of one browser do not overwrite the messages of the other', () => {
    const line = new Line();
    line.isUp = false;
    const [left, right] = [make(line).outbox, make(line).outbox];
    left.put('lobby', 'from the left');
    right.put('lobby', 'from the right');
    expect(make(line).outbox.of('lobby').map(({ text }) => text)).toEqual(['from the left', 'from the right']);
  });

  test('the number of pending messages is bounded', () => {
    const line = new Line();
    line.isUp = false;
    const { outbox } = make(line);
    for (let index = 0; index < 100; index++) expect(outbox.put('lobby', 'more')).toBe(true);
    expect(outbox.put('lobby', 'too many')).toBe(false);
  });
});
