import { describe, expect, it } from 'vitest';
import { quantile, showAge } from '../../src/board/model/age';
import { OrderKeeper, sorted } from '../../src/board/model/order';
import { select, selectionOf, selectionText, wantedOf } from '../../src/board/model/selection';
import { changeOf, QuoteTable, showChange } from '../../src/board/model/table';

const instrument = (symbol: string, sector = 'energy', open = '10') => ({ symbol, name: symbol, sector, open, perSecond: 1 });

function tableOf(...symbols: string[]): QuoteTable {
  const table = new QuoteTable();
  table.list({ session: 0, instruments: symbols.map((symbol) => instrument(symbol)) });
  return table;
}

describe('The table', () => {
  it('keeps the newest price, whatever the order of arrival', () => {
    const table = tableOf('A');
    table.take({ s: 'A', p: '10.0', t: 5 }, false);
    expect(table.take({ s: 'A', p: '11.0', t: 7 }, true)?.moved).toBe('up');
    expect(table.take({ s: 'A', p: '9.0', t: 6 }, true)).toBeUndefined();
    expect(table.take({ s: 'A', p: '10.5', t: 8 }, true)?.moved).toBe('down');
    expect(table.rows.get('A')).toMatchObject({ text: '10.5', time: 8 });
    expect(table.received).toBe(3);
  });

  it('takes the prices of a new subscription even when the clock of its server is behind', () => {
    const table = tableOf('A');
    table.take({ s: 'A', p: '10', t: 9 }, true);
    table.take({ s: 'A', p: '12', t: 4 }, false);
    expect(table.rows.get('A')).toMatchObject({ text: '12', time: 4 });
  });

  it('counts the prices of the last second, however often they are read', () => {
    const table = tableOf('A');
    for (let t = 1; t <= 3; t++) table.take({ s: 'A', p: '10', t }, true);
    table.tick();
    expect([table.lastSecond, table.lastSecond]).toEqual([3, 3]);
    table.take({ s: 'A', p: '10', t: 4 }, true);
    expect(table.lastSecond).toBe(3);
    table.tick();
    expect(table.lastSecond).toBe(1);
  });

  it('ignores a symbol that it does not list', () => {
    expect(tableOf('A').take({ s: 'B', p: '1', t: 1 }, true)).toBeUndefined();
  });

  it('keeps its prices when the instruments are listed again for a new session', () => {
    const table = tableOf('A');
    table.take({ s: 'A', p: '11', t: 1 }, true);
    table.list({ session: 86_400_000, instruments: [instrument('A', 'energy', '11')] });
    const row = table.rows.get('A');
    expect(row && [row.text, changeOf(row)]).toEqual(['11', 0]);
  });

  it('shows a change with its sign, and none where there is none', () => {
    expect(showChange(1.234)).toEqual({ text: '+1.23%', direction: 'up' });
    expect(showChange(-0.5)).toEqual({ text: '-0.50%', direction: 'down' });
    expect(showChange(-0.001)).toEqual({ text: '0.00%', direction: '' });
    expect(showChange(undefined)).toEqual({ text: '–', direction: '' });
  });
});

describe('The order', () => {
  it('sorts by each column, and equal rows by their symbols', () => {
    const table = tableOf('C', 'A', 'B');
    table.take({ s: 'A', p: '12', t: 3 }, true);
    table.take({ s: 'B', p: '8', t: 2 }, true);
    table.take({ s: 'C', p: '12', t: 1 }, true);
    const order = (column: 'symbol' | 'price' | 'change' | 'age' | 'sector', isDescending = false) =>
      sorted(table.rows.values(), { column, isDescending }).map(({ symbol }) => symbol).join('');
    expect([order('symbol'), order('symbol', true), order('price'), order('change', true)]).toEqual(['ABC', 'CBA', 'BAC', 'ACB']);
    expect([order('age'), order('age', true), order('sector')]).toEqual(['ABC', 'CBA', 'ABC']);
  });

  it('changes by itself at most every two seconds', () => {
    const keeper = new OrderKeeper();
    expect([0, 1999, 2000, 3999, 4000].map((now) => keeper.mayChange(now))).toEqual([true, false, true, false, true]);
  });

  it('does not change while it is held, and not right after the person changed it', () => {
    const keeper = new OrderKeeper();
    keeper.isHeld = true;
    expect(keeper.mayChange(10_000)).toBe(false);
    keeper.isHeld = false;
    keeper.changed(10_000);
    expect([keeper.mayChange(11_000), keeper.mayChange(12_000)]).toEqual([false, true]);
  });
});

describe('The selection', () => {
  const table = tableOf('A', 'B');
  table.add({ symbol: 'SOLUSDT', name: 'SOL/USDT', sector: 'exchange', perSecond: 1 });
  const rows = [...table.rows.values()];
  const lists = new Map([['x', { id: 'x', name: 'X', symbols: ['SOLUSDT', 'B'], version: 1 }]]);

  it('is written and read again', () => {
    for (const selection of [{ kind: 'all' }, { kind: 'sector', sector: 'energy' }, { kind: 'list', id: 'a:b' }] as const)
      expect(selectionOf(selectionText(selection))).toEqual(selection);
    expect(selectionOf('nonsense')).toEqual({ kind: 'all' });
  });

  it('becomes a filter of the server', () => {
    const wanted = (text: string) => {
      const selection = selectionOf(text);
      return wantedOf(selection, select(selection, rows, lists));
    };
    expect(wanted('all')).toEqual({ data: {}, filter: undefined });
    expect(wanted('sector:energy')).toEqual({ data: { sector: 'energy' }, filter: { key: 'sector', cmp: 'eq', val: 'energy' } });
    expect(wanted('list:x')).toEqual({ data: { symbols: ['B'] }, filter: { key: 'symbol', cmp: 'in', vals: ['B'] } });
    expect(wanted('sector:exchange')).toBeUndefined();
    expect(wanted('list:none')).toBeUndefined();
  });
});

describe('An age', () => {
  it('is shown in the largest unit that says something', () => {
    expect([-5, 940, 9999, 12_000, 61_000, 7_300_000].map(showAge)).toEqual(['0.0 s', '0.9 s', '10.0 s', '12 s', '1 min', '2 h']);
  });

  it('has quantiles by nearest rank', () => {
    const ages = Array.from({ length: 20 }, (_, index) => 20 - index);
    expect([quantile(ages, 0.5), quantile(ages, 0.95), quantile([], 0.5), quantile([7], 0.95)]).toEqual([10, 19, 0, 7]);
  });
});
