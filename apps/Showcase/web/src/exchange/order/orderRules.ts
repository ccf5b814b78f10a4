import { divideFine, floorToStep, formatFine, multiplyFine, parseFine, trimFine } from '../market/decimal';
import type { Instrument } from '../market/symbol';

export interface Draft {
  side: 'buy' | 'sell';
  type: 'limit' | 'market';
  price: string;
  /** The amount as typed: of the base asset, or of the quote asset when `isInQuote`. */
  amount: string;
  isInQuote: boolean;
}

export interface Surroundings {
  instrument: Instrument;
  /** What is free of the asset this side pays with. */
  free: bigint;
  /** Best price on the other side, or the last price: what a market order is judged by. */
  reference: bigint | undefined;
}

export interface Judgement {
  /** Why the order cannot be sent, in words, and the field to look at. */
  problem?: { field: 'price' | 'amount'; text: string };
  /** In the base asset; zero while unknown. */
  quantity: bigint;
  /** In the quote asset. */
  value: bigint;
  /** In the asset that is received. */
  fee: bigint;
}

/** Checks what the server will check, so that a person reads it before sending. The server decides. */
export function judge(draft: Draft, { instrument, free, reference }: Surroundings): Judgement {
  const { base, quote } = instrument;
  const tick = parseFine(instrument.tickSize) ?? 0n;
  const step = parseFine(instrument.stepSize) ?? 0n;
  const minimum = parseFine(instrument.minNotional) ?? 0n;
  const maximum = parseFine(instrument.maxQuantity) ?? 0n;
  const nothing: Judgement = { quantity: 0n, value: 0n, fee: 0n };
  const refuse = (field: 'price' | 'amount', text: string): Judgement => ({
    ...nothing,
    problem: { field, text },
  });

  const price = draft.type === 'limit' ? parseFine(draft.price) : reference;
  if (price === undefined)
    return draft.type === 'limit'
      ? refuse('price', draft.price === '' ? 'Enter a price.' : 'The price is not a number.')
      : refuse('amount', 'There is nobody to trade with right now.');
  if (draft.type === 'limit' && (price === 0n || price % tick !== 0n || hasMorePlaces(draft.price, tick)))
    return refuse('price', `The price must be a multiple of ${trimFine(tick)} ${quote}.`);

  const amount = parseFine(draft.amount);
  if (amount === undefined || amount === 0n)
    return refuse(
      'amount',
      draft.amount === '' || amount === 0n ? 'Enter an amount.' : 'The amount is not a number.',
    );
  const isInQuote = draft.type === 'market' && draft.isInQuote;
  if (!isInQuote && (amount % step !== 0n || hasMorePlaces(draft.amount, step)))
    return refuse('amount', `The amount must be a multiple of ${trimFine(step)} ${base}.`);

  const quantity = isInQuote ? floorToStep(divideFine(amount, price), step) : amount;
  const value = isInQuote ? amount : multiplyFine(quantity, price);
  const rate = parseFine(instrument.takerFee) ?? 0n;
  const fee = multiplyFine(draft.side === 'buy' ? quantity : value, rate);
  const judged: Judgement = { quantity, value, fee };

  if (quantity > maximum && maximum > 0n)
    return {
      ...judged,
      problem: { field: 'amount', text: `At most ${trimFine(maximum)} ${base} in one order.` },
    };
  if (value < minimum)
    return {
      ...judged,
      problem: {
        field: 'amount',
        text: `The order is worth ${formatFine(value, 2)} ${quote}; the least is ${trimFine(minimum)} ${quote}.`,
      },
    };
  const pays = draft.side === 'buy' ? value : quantity;
  if (pays > free) {
    const asset = draft.side === 'buy' ? quote : base;
    return {
      ...judged,
      problem: {
        field: 'amount',
        text: `This needs ${trimFine(pays)} ${asset}, and ${trimFine(free)} is available.`,
      },
    };
  }
  return judged;
}

// parseFine cuts after eight places, so what stands beyond them is looked at as text.
function hasMorePlaces(text: string, step: bigint): boolean {
  const places = (text.split('.')[1] ?? '').replace(/0+$/, '').length;
  return places > (trimFine(step).split('.')[1] ?? '').length;
}

/** The amount of base asset that `percent` of what is free pays for at `price`, on the step below. */
export function amountForPercent(
  side: 'buy' | 'sell',
  percent: number,
  free: bigint,
  price: bigint,
  step: bigint,
): bigint {
  const share = (free * BigInt(percent)) / 100n;
  return floorToStep(side === 'buy' ? divideFine(share, price) : share, step);
}

/** How far a limit price is on the wrong side of the market, in whole percent: 0 when it is not. */
export function percentThroughMarket(side: 'buy' | 'sell', price: bigint, reference: bigint): number {
  const through = side === 'buy' ? price - reference : reference - price;
  return through <= 0n || reference === 0n ? 0 : Number((through * 100n) / reference);
}
