import { beforeEach, expect, test, vi } from 'vitest';
import { attempt } from '../../src/page/attempt';

const { toast } = vi.hoisted(() => ({ toast: vi.fn() }));
vi.mock('../../src/page/toasts', () => ({ toast }));
beforeEach(() => void toast.mockClear());

test('the message of the server is shown', async () => {
  await attempt('edit', Promise.reject(Object.assign(new Error('Too long.'), { code: 400 })));
  expect(toast).toHaveBeenCalledExactlyOnceWith('Too long.', { kind: 'bad', subject: 'edit' });
});

test('a call without a reply is explained by the connection', async () => {
  await attempt('edit', Promise.reject(Object.assign(new Error('timeout'), { code: 1 })));
  expect(toast).toHaveBeenCalledExactlyOnceWith('There is no connection: try again when it is back.', { kind: 'bad', subject: 'edit' });
});

test('nothing is shown after a success', async () => {
  await attempt('edit', Promise.resolve());
  expect(toast).not.toHaveBeenCalled();
});
