import type { BookSide } from '../market/bookSide';
import { divideFine, floorToStep, formatFine, groupThousands, multiplyFine, parseFine, trimFine } from '../market/decimal';
import { readNumber } from '../market/readNumber';
import type { Instrument } from '../market/symbol';
import { walk } from '../market/walk';

export interface Draft {
  side: 'buy' | 'sell';
  type: 'limit' | 'market';
  /** As typed. */
  price: string;
  /** The amount as typed: of the base asset, or of the quote asset when `isInQuote`. */
  amount: string;
  isInQuote: boolean;
}

export interface Surroundings {
  instrument: Instrument;
  /** What is free of the asset this side pays with; undefined while that is not known. */
  free: bigint | undefined;
  /** The other side of the book: what a market order would trade with. */
  book: BookSide;
}

export interface Judgement {
  /** Why the order cannot be sent, in words, and the field to look at. */
  problem?: { field: 'price' | 'amount'; text: string };
  /** The fields as they are sent: plain decimals. */
  price: string;
  amount: string;
  /** In the base asset; zero while unknown. */
  quantity: bigint;
  /** In the quote asset. */
  value: bigint;
  /** In the asset that is received. */
  fee: bigint;
  /** What a market order pays on average, and how far that is from the best price, in hundredths of a percent. */
  average?: { price: bigint; slippage: number };
}

const show = (value: bigint) => groupThousands(trimFine(value));

/** Checks what the server will check, so that a person reads it before sending. The server decides. */
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
  } else if (book.best === undefined) return refuse('amount', 'There is nobody to trade with right now.');

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
