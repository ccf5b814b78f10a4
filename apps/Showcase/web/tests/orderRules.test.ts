import { describe, expect, test } from 'vitest';
import { parseFine, trimFine } from '../src/exchange/market/decimal';
import { amountForPercent, type Draft, judge, percentThroughMarket } from '../src/exchange/order/orderRules';
import { solana } from './instruments';

const fine = (text: string) => parseFine(text) ?? 0n;
const limit: Draft = { side: 'buy', type: 'limit', price: '100', amount: '1', isInQuote: false };
const judged = (draft: Partial<Draft>, free = '1000', reference: string | undefined = '100') =>
  judge(
    { ...limit, ...draft },
    {
      instrument: solana,
      free: fine(free),
      reference: reference === undefined ? undefined : fine(reference),
    },
  );

describe('order rules', () => {
  test('a sound order has its value and its fee in the asset received', () => {
    const { problem, value, fee } = judged({ price: '142.37', amount: '2' });
    expect(problem).toBeUndefined();
    expect(trimFine(value)).toBe('284.74');
    expect(trimFine(fee)).toBe('0.002');
  });

  test('a sale pays its fee in the quote asset', () =>
    expect(trimFine(judged({ side: 'sell' }).fee)).toBe('0.1'));

  test.each([
    [{ price: '' }, 'price', 'Enter a price.'],
    [{ price: 'abc' }, 'price', 'The price is not a number.'],
    [{ price: '100.005' }, 'price', 'The price must be a multiple of 0.01 USDT.'],
    [{ price: '100.0000000001' }, 'price', 'The price must be a multiple of 0.01 USDT.'],
    [{ price: '0' }, 'price', 'The price must be a multiple of 0.01 USDT.'],
    [{ amount: '' }, 'amount', 'Enter an amount.'],
    [{ amount: '1e3' }, 'amount', 'The amount is not a number.'],
    [{ amount: '1.0005' }, 'amount', 'The amount must be a multiple of 0.001 SOL.'],
    [{ amount: '100000' }, 'amount', 'At most 90000 SOL in one order.'],
    [{ amount: '0.049' }, 'amount', 'The order is worth 4.90 USDT; the least is 5 USDT.'],
    [{ amount: '11' }, 'amount', 'This needs 1100 USDT, and 1000 is available.'],
  ])('%j is refused at the %s: %s', (draft, field, text) =>
    expect(judged(draft).problem).toEqual({ field, text }),
  );

  test('exactly what is available is enough', () => expect(judged({ amount: '10' }).problem).toBeUndefined());

  test('a sale needs the base asset', () =>
    expect(judged({ side: 'sell', amount: '2' }, '1').problem?.text).toBe(
      'This needs 2 SOL, and 1 is available.',
    ));

  test('a market order may be given in what is to be spent', () => {
    const { problem, quantity, value } = judged(
      { type: 'market', amount: '50', isInQuote: true },
      '1000',
      '142.37',
    );
    expect(problem).toBeUndefined();
    expect(trimFine(quantity)).toBe('0.351');
    expect(trimFine(value)).toBe('50');
  });

  test('without anybody to trade with a market order is refused', () => {
    const draft: Draft = { ...limit, type: 'market' };
    const { problem } = judge(draft, { instrument: solana, free: fine('1000'), reference: undefined });
    expect(problem?.text).toBe('There is nobody to trade with right now.');
  });

  test('a percentage never asks for more than there is', () => {
    const amount = amountForPercent('buy', 100, fine('1000'), fine('142.37'), fine('0.001'));
    expect(trimFine(amount)).toBe('7.023');
    expect(judged({ price: '142.37', amount: trimFine(amount) }).problem).toBeUndefined();
    expect(trimFine(amountForPercent('sell', 25, fine('10.0009'), fine('1'), fine('0.001')))).toBe('2.5');
  });

  test('a price beyond the other side is measured in percent', () => {
    expect(percentThroughMarket('buy', fine('110'), fine('100'))).toBe(10);
    expect(percentThroughMarket('sell', fine('90'), fine('100'))).toBe(10);
    expect(percentThroughMarket('buy', fine('90'), fine('100'))).toBe(0);
  });
});
