import { describe, expect, test } from 'vitest';
import { Book } from '../src/exchange/market/book';
import { BookSide } from '../src/exchange/market/bookSide';
import { solana } from './instruments';

function loaded(): Book {
  const book = new Book(solana);
  book.load({
    id: 10,
    bids: [
      ['99.99', '1.5'],
      ['99.98', '2'],
    ],
    asks: [
      ['100.00', '3'],
      ['100.01', '4'],
    ],
  });
  return book;
}

function change(first: number, last: number, bids: [string, string][] = [], asks: [string, string][] = []) {
  return { first, last, time: 0, bids, asks };
}

describe('book', () => {
  test('a snapshot sets both sides, best first', () => {
    const book = loaded();
    expect(book.bids.prices).toEqual([9999, 9998]);
    expect(book.asks.prices).toEqual([10000, 10001]);
    expect(book.bids.quantityAt(9999)).toBe(1500);
  });

  test('a change sets whole quantities and a zero removes the level', () => {
    const book = loaded();
    expect(
      book.apply(
        change(
          11,
          12,
          [
            ['99.99', '0'],
            ['99.97', '7'],
          ],
          [['100.00', '1.25']],
        ),
      ),
    ).toBe('applied');
    expect(book.bids.prices).toEqual([9998, 9997]);
    expect(book.asks.quantityAt(10000)).toBe(1250);
    expect(book.lastId).toBe(12);
  });

  test('removing an absent level changes nothing', () => {
    const book = loaded();
    expect(book.apply(change(11, 11, [['50', '0']]))).toBe('applied');
    expect(book.bids.prices).toEqual([9999, 9998]);
  });

  test('changes that the snapshot already contains are skipped', () => {
    const book = loaded();
    expect(book.apply(change(9, 10, [['99.99', '0']]))).toBe('old');
    expect(book.bids.best).toBe(9999);
  });

  test('the first change may start before the snapshot', () => {
    const book = loaded();
    expect(book.apply(change(8, 11, [['99.99', '9']]))).toBe('applied');
    expect(book.bids.quantityAt(9999)).toBe(9000);
  });

  test('a skipped id is a gap: it is counted, and nothing is applied until a new snapshot', () => {
    const book = loaded();
    expect(book.apply(change(12, 12, [['99.99', '0']]))).toBe('gap');
    expect(book.gaps).toBe(1);
    expect(book.apply(change(13, 13))).toBe('waiting');
    book.load({ id: 20, bids: [['99', '1']], asks: [['101', '1']] });
    expect(book.apply(change(21, 21, [['99.5', '1']]))).toBe('applied');
    expect(book.bids.prices).toEqual([9950, 9900]);
  });

  test('changes before the first snapshot are not applied', () => {
    expect(new Book(solana).apply(change(1, 1))).toBe('waiting');
  });
});

describe('book side', () => {
  test('stays sorted whatever the order of changes', () => {
    const asks = new BookSide('asks');
    const bids = new BookSide('bids');
    const prices = [5, 1, 9, 3, 7, 2, 8, 4, 6, 5, 1];
    for (const price of prices) {
      asks.set(price, price);
      bids.set(price, price);
    }
    asks.set(3, 0);
    bids.set(9, 0);
    expect(asks.prices).toEqual([1, 2, 4, 5, 6, 7, 8, 9]);
    expect(bids.prices).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('agrees with a plain map after thousands of random changes', () => {
    // A linear congruential generator produces the same changes in every run.
    let seed = 42;
    const next = (below: number) => {
      seed = (seed * 1664525 + 1013904223) % 4294967296;
      return Math.floor((seed / 4294967296) * below);
    };
    const side = new BookSide('bids');
    const model = new Map<number, number>();
    for (let turn = 0; turn < 5000; turn++) {
      const price = next(200);
      const quantity = next(3) === 0 ? 0 : next(50);
      side.set(price, quantity);
      if (quantity === 0) model.delete(price);
      else model.set(price, quantity);
    }
    expect(side.prices).toEqual([...model.keys()].sort((left, right) => right - left));
    for (const [price, quantity] of model) expect(side.quantityAt(price)).toBe(quantity);
  });

  test('trimming removes the worst levels', () => {
    const bids = new BookSide('bids');
    for (const price of [1, 2, 3]) bids.set(price, 1);
    bids.trim(2);
    expect(bids.prices).toEqual([3, 2]);
    expect(bids.quantityAt(1)).toBe(0);
  });
});
