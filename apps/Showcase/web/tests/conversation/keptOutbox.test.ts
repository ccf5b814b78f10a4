import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keptOutbox } from '../../src/conversation/keptOutbox';
import type { Message, Pending } from '../../src/conversation/message';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const stored = ({ room, text, clientId }: Pending): Message =>
  ({ id: 1, room, user: 'u', name: 'Ada', text, time: 0, clientId });

test('sends a rate-limited message again by itself', async () => {
  const delivered: string[] = [];
  let isBusy = true;
  const send = (pending: Pending) =>
    isBusy ? Promise.reject({ code: 429, message: 'Slow down.' }) : Promise.resolve(stored(pending));
  const outbox = keptOutbox('test.', { state: 'connected' }, send, ({ text }) => delivered.push(text), () => {});

  outbox.put('main', 'hello');
  await vi.advanceTimersByTimeAsync(1000);
  expect(outbox.heldBack).toBe('Slow down.');
  expect(delivered).toEqual([]);

  isBusy = false;
  await vi.advanceTimersByTimeAsync(1000);
  expect(delivered).toEqual(['hello']);
  expect(outbox.of('main')).toEqual([]);
});

test('sends what was written offline after the reconnect', async () => {
  const connection: { state: 'connected' | 'offline' } = { state: 'offline' };
  const delivered: string[] = [];
  const send = (pending: Pending) => Promise.resolve(stored(pending));
  const outbox = keptOutbox('test.', connection, send, ({ text }) => delivered.push(text), () => {});

  outbox.put('main', 'hello');
  await vi.advanceTimersByTimeAsync(3000);
  expect(delivered).toEqual([]);

  connection.state = 'connected';
  await vi.advanceTimersByTimeAsync(1000);
  expect(delivered).toEqual(['hello']);
});
