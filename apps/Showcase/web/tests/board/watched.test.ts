import { describe, expect, it } from 'vitest';
import type { Alert, WatchList } from '../../src/board/model/messages';
import { Watched } from '../../src/board/model/watched';

const waiting: Alert = { id: 'a', symbol: 'ARVE', side: 'above', price: '12', created: 1 };
const fired: Alert = { ...waiting, fired: { s: 'ARVE', p: '12.1', t: 2 } };

/** A server with one list, as board.list.save treats it. */
class Server {
  list: WatchList | undefined;
  calls: string[] = [];

  async call(method: string, data: unknown): Promise<unknown> {
    this.calls.push(method);
    await Promise.resolve();
    if (method === 'board.watch') return { lists: this.list ? [this.list] : [], alerts: [] };
    const saved = data as WatchList;
    if ((this.list?.version ?? 0) !== saved.version) throw Object.assign(new Error('It was changed.'), { code: 409 });
    return { list: (this.list = { ...saved, version: saved.version + 1 }) };
  }
}

const add = (symbol: string) => (list: WatchList) => ({ ...list, name: 'L', symbols: [...list.symbols, symbol] });

function windowOf(server: Server): Watched {
  return new Watched((method, data) => server.call(method, data), () => undefined, () => undefined);
}

describe('Lists', () => {
  it('contain what two windows added at the same time', async () => {
    const server = new Server();
    const [here, there] = [windowOf(server), windowOf(server)];
    await here.save('x', add('A'));
    there.take({ lists: [...here.lists.values()], alerts: [] });

    await Promise.all([here.save('x', add('B')), there.save('x', add('C'))]);

    expect([...(server.list?.symbols ?? [])].sort()).toEqual(['A', 'B', 'C']);
    expect(server.list?.version).toBe(3);
  });

  it('are not replaced by an older version that arrives late', () => {
    const watched = windowOf(new Server());
    watched.take({ list: { id: 'x', name: 'new', symbols: [], version: 2 } });
    watched.take({ list: { id: 'x', name: 'old', symbols: [], version: 1 } });
    expect(watched.lists.get('x')?.name).toBe('new');
  });

  it('report a conflict that has no newer version instead of trying for ever', async () => {
    const server = new Server();
    const watched = windowOf(server);
    watched.take({ list: { id: 'x', name: 'L', symbols: [], version: 5 } });
    await expect(watched.save('x', add('A'))).rejects.toThrow('It was changed.');
    expect(server.calls).toEqual(['board.list.save', 'board.watch']);
  });

  it('disappear when they are removed', () => {
    const watched = windowOf(new Server());
    watched.take({ lists: [{ id: 'x', name: 'L', symbols: [], version: 1 }], alerts: [waiting] });
    watched.take({ removed: 'x' });
    watched.take({ removed: 'a' });
    expect([watched.lists.size, watched.alerts.size]).toEqual([0, 0]);
  });
});

describe('Alerts', () => {
  const heard: string[] = [];
  const watched = new Watched(() => Promise.resolve({}), () => undefined, ({ id }) => heard.push(id));

  it('are announced once when they fire, also when the reply of the call comes after the firing', () => {
    watched.take({ alert: fired });
    watched.take({ alert: waiting });
    watched.take({ alert: fired });
    expect(heard).toEqual(['a']);
    expect(watched.alerts.get('a')?.fired?.p).toBe('12.1');
  });

  it('that fired while the page was away are there without an announcement', () => {
    watched.take({ lists: [], alerts: [{ ...fired, id: 'b' }] });
    expect(heard).toEqual(['a']);
    expect(watched.alerts.get('b')?.fired).toBeDefined();
  });
});
