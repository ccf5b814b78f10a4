import { describe, expect, test } from 'vitest';
import { BookSide } from '../src/exchange/market/bookSide';
import { parseFine, trimFine } from '../src/exchange/market/decimal';
import { walk } from '../src/exchange/market/walk';
import { amountForPercent, amountForTotal, type Draft, judge, percentThroughMarket } from '../src/exchange/order/orderRules';
import { solana } from './instruments';

const fine = (text: string) => parseFine(text) ?? 0n;
const limit: Draft = { side: 'buy', type: 'limit', price: '100', amount: '1', isInQuote: false };
/** A side of the book, in prices and amounts. */
const side = (name: 'bids' | 'asks', ...levels: [price: number, quantity: number][]) => {
  const made = new BookSide(name);
  for (const [price, quantity] of levels) made.set(Math.round(price * 100), Math.round(quantity * 1000));
  return made;
};
const judged = (draft: Partial<Draft>, free: string | undefined = '1000', book = side('asks', [100, 90_000])) =>
  judge({ ...limit, ...draft }, { instrument: solana, free: free === undefined ? undefined : fine(free), book });

describe('order rules', () => {
  test('a valid order has its value, and its fee in the received asset', () => {
    const { problem, value, fee } = judged({ price: '142.37', amount: '2' });
    expect(problem).toBeUndefined();
    expect(trimFine(value)).toBe('284.74');
    expect(trimFine(fee)).toBe('0.002');
  });

  test('a sale pays its fee in the quote asset', () =>
    expect(trimFine(judged({ side: 'sell' }).fee)).toBe('0.1'));

  test.each([
    [{ price: '' }, 'price', 'Enter a price.'],
    [{ price: 'abc' }, 'price', '“a” is not part of a number.'],
    [{ price: '100.005' }, 'price', 'The price must be a multiple of 0.01 USDT.'],
    [{ price: '100.0000000001' }, 'price', 'The price must be a multiple of 0.01 USDT.'],
    [{ price: '0' }, 'price', 'Enter a price above 0.'],
    [{ price: '-5' }, 'price', 'The number must not be negative.'],
    [{ amount: '' }, 'amount', 'Enter an amount.'],
    [{ amount: '1e3' }, 'amount', '“e” is not part of a number.'],
    [{ amount: '1.0005' }, 'amount', 'The amount must be a multiple of 0.001 SOL.'],
    [{ amount: '100000' }, 'amount', 'At most 90,000 SOL in one order.'],
    [{ amount: '0.049' }, 'amount', 'The order is worth 4.90 USDT; the minimum is 5 USDT.'],
    [{ amount: '11' }, 'amount', 'This needs 1,100 USDT, and 1,000 is available.'],
  ])('%j is refused at the %s: %s', (draft, field, text) =>
    expect(judged(draft).problem).toEqual({ field, text }),
  );

  test('an order for exactly the available balance is valid', () => expect(judged({ amount: '10' }).problem).toBeUndefined());

  test('a sale needs the base asset', () =>
    expect(judged({ side: 'sell', amount: '2' }, '1').problem?.text).toBe(
      'This needs 2 SOL, and 1 is available.',
    ));

  test('a market order may specify the amount to spend', () => {
    const draft = { type: 'market', amount: '50', isInQuote: true } as const;
    const { problem, quantity, value } = judged(draft, '1000', side('asks', [142.37, 10]));
    expect(problem).toBeUndefined();
    expect(trimFine(quantity)).toBe('0.351');
    expect(trimFine(value)).toBe('49.97187');
  });

  test('a market order is rejected when the book is empty', () => {
    const { problem } = judged({ type: 'market' }, '1000', side('asks'));
    expect(problem?.text).toBe('There are no orders to trade with right now.');
  });

  test('a percentage never exceeds the balance', () => {
    const amount = amountForPercent('buy', 100, fine('1000'), fine('142.37'), fine('0.001'));
    expect(trimFine(amount)).toBe('7.023');
    expect(judged({ price: '142.37', amount: trimFine(amount) }).problem).toBeUndefined();
    expect(trimFine(amountForPercent('sell', 25, fine('10.0009'), fine('1'), fine('0.001')))).toBe('2.5');
  });

  test('a typed total never buys for more', () => {
    expect(trimFine(amountForTotal(fine('500'), fine('142.37'), fine('0.001')))).toBe('3.511');
    expect(amountForTotal(fine('500'), 0n, fine('0.001'))).toBe(0n);
  });

  test('a market order is validated against every level it matches', () => {
    const asks = side('asks', [100, 1], [110, 1], [120, 1]);
    const { value, average, problem } = judged({ type: 'market', amount: '2.5' }, '265', asks);
    expect(trimFine(value)).toBe('270');
    expect(trimFine(average?.price ?? 0n)).toBe('108');
    expect(average?.slippage).toBe(800);
    expect(problem?.text).toBe('This needs 270 USDT, and 265 is available.');
  });

  test('a sale walks down the bids', () => {
    const { average } = judged({ side: 'sell', type: 'market', amount: '2' }, '2', side('bids', [100, 1], [90, 5]));
    expect(trimFine(average?.price ?? 0n)).toBe('95');
    expect(average?.slippage).toBe(500);
  });

  test.each([
    ['265', '2.458'],
    ['100', '1'],
    ['0.09', '0'],
    ['1000000', '3'],
  ])('%s USDT buy %s SOL, and never cost more', (money, quantity) => {
    const asks = side('asks', [100, 1], [110, 1], [120, 1]);
    const walked = walk(asks, solana, { value: fine(money) });
    expect(trimFine(walked.quantity)).toBe(quantity);
    expect(walked.value <= fine(money)).toBe(true);
  });

  test('an empty balance is reported instead of a missing amount', () => {
    expect(judged({ side: 'sell', amount: '' }, '0').problem?.text).toBe('You have no SOL to sell.');
    expect(judged({ amount: '' }, '0').problem?.text).toBe('You have no USDT to buy with.');
  });

  test('balances are not checked before they are loaded', () =>
    expect(judge({ ...limit, amount: '500' }, { instrument: solana, free: undefined, book: side('asks') }).problem).toBeUndefined());

  test('numbers are sent as plain decimals, however they were typed', () => {
    const { price, amount, problem } = judged({ price: '1,000.50 USDT', amount: ',5' });
    expect([price, amount, problem]).toEqual(['1000.50', '0.5', undefined]);
  });

  test('a price that crosses the market is measured in percent', () => {
    expect(percentThroughMarket('buy', fine('110'), fine('100'))).toBe(10);
    expect(percentThroughMarket('sell', fine('90'), fine('100'))).toBe(10);
    expect(percentThroughMarket('buy', fine('90'), fine('100'))).toBe(0);
  });
});
