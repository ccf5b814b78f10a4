import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Connection } from '../../src/connection/connection';
import { Marks } from '../../src/news/marks';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Creates marks on a server that answers with these codes of errors, and then with success. */
function make(...codes: number[]) {
  const rpc = vi.fn(() => {
    const code = codes.shift();
    return code === undefined ? Promise.resolve({ data: {} }) : Promise.reject(Object.assign(new Error('no'), { code }));
  });
  const connection = { state: 'connected', client: { rpc } } as unknown as Connection;
  return { rpc, marks: new Marks(connection, () => undefined) };
}

test('a mark is sent again after a lost reply, an internal error and a rate limit', async () => {
  const { rpc, marks } = make(1, 100, 111, 429);
  marks.mark([7], true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rpc).toHaveBeenCalledTimes(5);
  expect(marks.isRead(7)).toBe(true);
});

test('a mark that the server refuses is none', async () => {
  const { rpc, marks } = make(404);
  marks.mark([7], true);
  expect(marks.isRead(7)).toBe(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(rpc).toHaveBeenCalledTimes(1);
  expect(marks.isRead(7)).toBe(false);
});
