import { expect, test } from 'vitest';
import type { Counts } from '../../src/social/model/messages';
import { type Wish, Wishes } from '../../src/social/model/wishes';

/** A server whose replies the test gives. */
class Server {
  isConnected = true;
  kept: Wish[] = [];
  sent: string[] = [];
  log: string[] = [];
  #reply: { resolve: (counts: Counts) => void; reject: (error: unknown) => void } | undefined;

  wishes(load: Wish[] = []): Wishes {
    return new Wishes({
      send: (wish) => {
        this.sent.push(`${wish.mark} ${wish.post} ${wish.on}`);
        return new Promise((resolve, reject) => {
          this.#reply = { resolve, reject };
        });
      },
      isConnected: () => this.isConnected,
      began: () => undefined,
      confirmed: ({ on }) => this.log.push(`confirmed ${on}`),
      refused: (_, reason) => this.log.push(reason),
      ended: () => undefined,
      load: () => load,
      keep: (wish) => (this.kept = [wish]),
      drop: () => (this.kept = []),
    });
  }

  async reply(error?: unknown): Promise<void> {
    if (error) this.#reply?.reject(error);
    else this.#reply?.resolve({});
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const like = (on: boolean): Wish => ({ mark: 'like', post: 1, on });

test('clicks while a call is on its way are one further call at most, with the latest state', async () => {
  const server = new Server();
  const wishes = server.wishes();
  for (const on of [true, false, true, false]) wishes.wish(like(on));
  expect(server.sent).toEqual(['like 1 true']);
  expect(wishes.of('like', 1)).toBe(false);
  await server.reply();
  expect(server.sent).toEqual(['like 1 true', 'like 1 false']);
  await server.reply();
  expect(wishes.of('like', 1)).toBeUndefined();
  expect(server.log).toEqual(['confirmed true', 'confirmed false']);
  expect(server.kept).toEqual([]);
});

test('a wish without an answer is kept and sent again', async () => {
  const server = new Server();
  const wishes = server.wishes();
  wishes.wish(like(true));
  server.isConnected = false;
  await server.reply({ code: 1 });
  expect(server.kept).toEqual([like(true)]);
  await wishes.flush();
  expect(server.sent).toHaveLength(1);
  server.isConnected = true;
  void wishes.flush();
  expect(server.sent).toHaveLength(2);
});

test('a rate limit is no refusal, and a refusal ends the wish with its reason', async () => {
  const server = new Server();
  const wishes = server.wishes();
  wishes.wish(like(true));
  await server.reply({ code: 429, message: 'Too fast' });
  expect(wishes.of('like', 1)).toBe(true);
  void wishes.flush();
  await server.reply({ code: 410, message: 'The post was deleted.' });
  expect(wishes.of('like', 1)).toBeUndefined();
  expect(server.log).toEqual(['The post was deleted.']);
});

test('wishes of a page that was reloaded are sent, and their number is bounded', async () => {
  const server = new Server();
  server.isConnected = false;
  const wishes = server.wishes(Array.from({ length: 300 }, (_, post) => ({ mark: 'repost', post, on: true })));
  expect(wishes.of('repost', 299)).toBe(true);
  expect(wishes.of('repost', 0)).toBeUndefined();
  expect(wishes.wish({ mark: 'like', post: 1, on: true })).toBe(false);
});
