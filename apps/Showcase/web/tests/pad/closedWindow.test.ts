import { ChangeSet, Text } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { ClosedWindow } from '../../src/pad/model/closedWindow';
import type { HistoryPush, Push } from '../../src/pad/model/messages';
import { textOf, type KeptSession } from '../../src/pad/model/session';

/** A server that merges nothing: it accepts a push for its version alone. */
class StrictServer {
  readonly log: HistoryPush[] = [];
  readonly refusals: number[] = [];
  first = 0;
  partLength = 10;
  text: Text;

  constructor(text = '') {
    this.text = textOf(text);
  }

  get version(): number {
    return this.first + this.log.reduce((sum, { push }) => sum + push.u.length, 0);
  }

  add(push: Push): void {
    for (const json of push.u) this.text = ChangeSet.fromJSON(json).apply(this.text);
    this.log.push({ push, user: 'user', name: 'name', time: 0 });
  }

  readonly call = (method: string, parameters: object): Promise<unknown> => {
    const code = this.refusals.shift();
    if (code !== undefined) return Promise.reject(Object.assign(new Error('refused'), { code }));
    return Promise.resolve(method === 'pad.history'
      ? this.#history((parameters as { from: number }).from)
      : this.#push(parameters as { c: string; version: number; n: number; updates: unknown[] }));
  };

  #history(from: number): object {
    if (from < this.first) return { version: this.first, text: '', pushes: [], more: false };
    const pushes = this.log.filter(({ push }) => push.v >= from);
    return { version: from, pushes: pushes.slice(0, this.partLength), more: pushes.length > this.partLength };
  }

  #push({ c, version, n, updates }: { c: string; version: number; n: number; updates: unknown[] }): object {
    if (version !== this.version) throw new Error('The push is for another version.');
    this.add({ v: version, c, n, u: updates });
    return { version: this.version };
  }
}

const kept: KeptSession = { page: 'closed', number: 0, version: 1, base: 'word', updates: [[4, [0, '!']], [5, [0, '?']]] };

function serverOf(...inserted: string[]): StrictServer {
  const server = new StrictServer();
  server.add({ v: 0, c: 'other', n: 0, u: [[[0, 'word']]] });
  inserted.forEach((text, at) => {
    const length = server.text.length;
    server.add({ v: at + 1, c: 'other', n: at + 1, u: [[[0, text], length]] });
  });
  return server;
}

describe('a closed window', () => {
  it('sends its changes for the version of the server, whatever it has missed', async () => {
    const server = serverOf('a ', 'b ', 'c ');
    server.partLength = 1;
    const closed = new ClosedWindow(kept, 'closed');
    expect(closed.unsent).toBe(2);
    expect(await closed.send(server.call)).toBeUndefined();
    expect(closed.unsent).toBe(0);
    expect(server.text.toString()).toBe('c b a word!?');
  });

  it('sends nothing twice when the server has a part of its changes', async () => {
    const server = serverOf();
    server.add({ v: 1, c: 'closed', n: 0, u: [[4, [0, '!']]] });
    expect(await new ClosedWindow(kept, 'closed').send(server.call)).toBeUndefined();
    expect(server.text.toString()).toBe('word!?');
    expect(server.log.at(-1)?.push).toEqual({ v: 2, c: 'closed', n: 1, u: [[5, [0, '?']]] });
  });

  it('continues after a lost connection and a busy server', async () => {
    const server = serverOf('a ');
    const closed = new ClosedWindow(kept, 'closed');
    for (const code of [2, 429]) {
      server.refusals.push(code);
      await expect(closed.send(server.call)).rejects.toMatchObject({ code });
    }
    expect(await closed.send(server.call)).toBeUndefined();
    expect(server.text.toString()).toBe('a word!?');
  });

  it('reads the log again after a conflict, and gives up when it stays', async () => {
    const server = serverOf();
    const conflict = (times: number) => {
      const { call } = server;
      let left = times;
      return (method: string, parameters: object) => (method === 'pad.push' && left-- > 0
        ? Promise.reject(Object.assign(new Error('conflict'), { code: 409 }))
        : call(method, parameters));
    };
    expect(await new ClosedWindow(kept, 'closed').send(conflict(10))).toBe('word!?');
    expect(server.text.toString()).toBe('word');
    expect(await new ClosedWindow(kept, 'closed').send(conflict(2))).toBeUndefined();
    expect(server.text.toString()).toBe('word!?');
  });

  it('returns its text where the server refuses the changes or no longer retains what was before them', async () => {
    const refusing = serverOf();
    refusing.refusals.push(403);
    expect(await new ClosedWindow(kept, 'closed').send(refusing.call)).toBe('word!?');
    const cut = serverOf();
    cut.first = 5;
    expect(await new ClosedWindow(kept, 'closed').send(cut.call)).toBe('word!?');
  });

  it('numbers its changes anew for another user', async () => {
    const server = serverOf();
    await new ClosedWindow({ ...kept, number: 7 }, 'new-user').send(server.call);
    expect(server.log.at(-1)?.push).toMatchObject({ c: 'new-user', n: 0 });
  });
});
