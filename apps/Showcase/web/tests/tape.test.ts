import { describe, expect, test } from 'vitest';
import { Tape, type Trade } from '../src/exchange/market/tape';

const trade = (id: number): Trade => ({ id, price: '100', quantity: '1', time: id, buyerIsMaker: false });
const trades = (...ids: number[]) => ids.map(trade);
const ids = (tape: Tape) => tape.newestFirst.map((entry) => entry.id);

describe('tape', () => {
  test('the newest trade is first', () => {
    const tape = new Tape();
    tape.add(trades(1, 2));
    tape.add(trades(3));
    expect(ids(tape)).toEqual([3, 2, 1]);
  });

  test('a duplicate trade is stored once and is not new the second time', () => {
    const tape = new Tape();
    tape.add(trades(1, 2, 3));
    expect(tape.add(trades(2, 3, 4))).toEqual(trades(4));
    expect(ids(tape)).toEqual([4, 3, 2, 1]);
  });

  test('skipped ids are missing until their trades arrive', () => {
    const tape = new Tape();
    tape.add(trades(1));
    tape.add(trades(4));
    expect(tape.missing).toBe(2);
    tape.fill(trades(2, 3));
    expect(tape.missing).toBe(0);
    expect(ids(tape)).toEqual([4, 3, 2, 1]);
  });

  test('a missing trade that arrives late is inserted in order', () => {
    const tape = new Tape();
    tape.add(trades(1));
    tape.add(trades(3));
    tape.add(trades(2));
    expect(ids(tape)).toEqual([3, 2, 1]);
    expect(tape.missing).toBe(0);
  });

  test('nothing is missing before the first trade of the tape', () => {
    const tape = new Tape();
    tape.add(trades(500));
    expect(tape.missing).toBe(0);
  });

  test('past trades can be filled in after live trades', () => {
    const tape = new Tape();
    tape.add(trades(10));
    tape.fill(trades(7, 8, 9, 10));
    expect(ids(tape)).toEqual([10, 9, 8, 7]);
  });

  test('the last thousand trades are kept, and none beyond them count as missing', () => {
    const tape = new Tape();
    tape.add(trades(1));
    tape.add(trades(100_000));
    expect(tape.missing).toBe(1000);
    tape.add(trades(200_000));
    expect(tape.missing).toBe(1000);
    for (let id = 200_001; id <= 201_500; id++) tape.add([trade(id)]);
    expect(tape.newestFirst.length).toBe(1000);
    expect(tape.missing).toBe(0);
  });

  test('after a restart ids start again, and nothing is missing', () => {
    const tape = new Tape();
    tape.add(trades(5000));
    tape.add(trades(5002));
    tape.restart();
    expect(tape.missing).toBe(0);
    expect(tape.add(trades(3))).toEqual(trades(3));
    tape.fill(trades(1, 2));
    expect(ids(tape)).toEqual([3, 2, 1]);
  });
});
