import type { BookSide } from '../market/bookSide';
import { divideFine, floorToStep, formatFine, groupThousands, multiplyFine, parseFine, trimFine } from '../market/decimal';
import { readNumber } from '../market/readNumber';
import type { Instrument } from '../market/symbol';
import { walk } from '../market/walk';

export interface Draft {
  side: 'buy' | 'sell';
  type: 'limit' | 'market';
  /** The price as typed. */
  price: string;
  /** The amount as typed: of the base asset, or of the quote asset when `isInQuote`. */
  amount: string;
  isInQuote: boolean;
}

export interface Surroundings {
  instrument: Instrument;
  /** The free balance of the asset that this side pays with; undefined while it is not loaded. */
  free: bigint | undefined;
  /** The opposite side of the book, against which a market order trades. */
  book: BookSide;
}

export interface Judgement {
  /** The reason for which the order cannot be sent, and the field that causes it. */
  problem?: { field: 'price' | 'amount'; text: string };
  /** The fields in the form in which they are sent: plain decimals. */
  price: string;
  amount: string;
  /** The quantity of the base asset; zero while it is unknown. */
  quantity: bigint;
  /** The value in the quote asset. */
  value: bigint;
  /** The fee in the received asset. */
  fee: bigint;
  /** The average price of a market order, and its distance from the best price in hundredths of a percent. */
  average?: { price: bigint; slippage: number };
}

const show = (value: bigint) => groupThousands(trimFine(value));

/** Validates a draft with the rules of the server, so that problems show before it is sent. The server decides. */
export function judge(draft: Draft, { instrument, free, book }: Surroundings): Judgement {
  const { base, quote } = instrument;
  const tick = parseFine(instrument.tickSize) ?? 0n;
  const step = parseFine(instrument.stepSize) ?? 0n;
  const minimum = parseFine(instrument.minNotional) ?? 0n;
  const maximum = parseFine(instrument.maxQuantity) ?? 0n;
  const isLimit = draft.type === 'limit';
  const isInQuote = !isLimit && draft.isInQuote;
  const typedPrice = isLimit ? readNumber(draft.price, quote) : { text: '' };
  const typedAmount = readNumber(draft.amount, isInQuote ? quote : base);
  const judged: Judgement = {
    price: typedPrice.text ?? '',
    amount: typedAmount.text ?? '',
    quantity: 0n,
    value: 0n,
    fee: 0n,
  };
  const refuse = (field: 'price' | 'amount', text: string): Judgement => ({ ...judged, problem: { field, text } });

  if (typedPrice.problem !== undefined) return refuse('price', typedPrice.problem);
  if (isLimit) {
    const price = parseFine(judged.price);
    if (price === undefined) return refuse('price', 'Enter a price.');
    if (price === 0n && !hasMorePlaces(judged.price, tick)) return refuse('price', 'Enter a price above 0.');
    if (price % tick !== 0n || hasMorePlaces(judged.price, tick))
      return refuse('price', `The price must be a multiple of ${trimFine(tick)} ${quote}.`);
  } else if (book.best === undefined) return refuse('amount', 'There are no orders to trade with right now.');

  if (typedAmount.problem !== undefined) return refuse('amount', typedAmount.problem);
  const amount = parseFine(judged.amount) ?? 0n;
  if (!isInQuote && (amount % step !== 0n || hasMorePlaces(judged.amount, step)))
    return refuse('amount', `The amount must be a multiple of ${trimFine(step)} ${base}.`);
  if (amount === 0n) {
    if (free === 0n) return refuse('amount', draft.side === 'buy' ? `You have no ${quote} to buy with.` : `You have no ${base} to sell.`);
    return refuse('amount', 'Enter an amount.');
  }

  if (isLimit) {
    judged.quantity = amount;
    judged.value = multiplyFine(amount, parseFine(judged.price) ?? 0n);
  } else {
    const walked = walk(book, instrument, isInQuote ? { value: amount } : { quantity: amount });
    judged.quantity = isInQuote ? walked.quantity : amount;
    judged.value = walked.value;
    if (walked.best !== undefined && walked.quantity > 0n) {
      const price = divideFine(walked.value, walked.quantity);
      const away = price > walked.best ? price - walked.best : walked.best - price;
      judged.average = { price, slippage: Number((away * 10_000n) / walked.best) };
    }
  }
  const rate = parseFine(instrument.takerFee) ?? 0n;
  judged.fee = multiplyFine(draft.side === 'buy' ? judged.quantity : judged.value, rate);

  if (judged.quantity > maximum && maximum > 0n) return refuse('amount', `At most ${show(maximum)} ${base} in one order.`);
  const worth = isInQuote ? amount : judged.value;
  if (worth < minimum)
    return refuse('amount', `The order is worth ${formatFine(worth, 2, true)} ${quote}; the minimum is ${show(minimum)} ${quote}.`);
  const pays = draft.side === 'sell' ? judged.quantity : isInQuote ? amount : judged.value;
  if (free !== undefined && pays > free)
    return refuse('amount', `This needs ${show(pays)} ${draft.side === 'buy' ? quote : base}, and ${show(free)} is available.`);
  return judged;
}

// parseFine truncates after eight decimals, so further decimals are examined as text.
function hasMorePlaces(text: string, step: bigint): boolean {
  const places = (text.split('.')[1] ?? '').replace(/0+$/, '').length;
  return places > (trimFine(step).split('.')[1] ?? '').length;
}

/** Returns the amount of the base asset that `percent` of the free balance buys at `price`, rounded down to a step. */
export function amountForPercent(
  side: 'buy' | 'sell',
  percent: number,
  free: bigint,
  price: bigint,
  step: bigint,
): bigint {
  const share = (free * BigInt(percent)) / 100n;
  return side === 'buy' ? amountForTotal(share, price, step) : floorToStep(share, step);
}

/** Returns the amount of the base asset that is worth at most `total` at `price`, rounded down to a step. */
export function amountForTotal(total: bigint, price: bigint, step: bigint): bigint {
  return floorToStep(divideFine(total, price), step);
}

/** Returns how far a limit price crosses the market, in whole percent; 0 when it does not cross it. */
export function percentThroughMarket(side: 'buy' | 'sell', price: bigint, reference: bigint): number {
  const through = side === 'buy' ? price - reference : reference - price;
  return through <= 0n || reference === 0n ? 0 : Number((through * 100n) / reference);
}
