import type { BookSide } from './bookSide';
import { finePlaces } from './decimal';
import type { Instrument } from './symbol';

/** The outcome of a market order at the current book. Amounts are fine numbers. */
export interface Walk {
  quantity: bigint;
  value: bigint;
  /** The price of the first level; undefined when the side is empty. */
  best: bigint | undefined;
}

/**
 * Walks a side of the book from its best price until `quantity` is reached, `value` is spent (whichever is given) or
 * the book ends. It counts whole steps only.
 */
export function walk(levels: BookSide, instrument: Instrument, limit: { quantity: bigint } | { value: bigint }): Walk {
  const tick = 10n ** BigInt(finePlaces - instrument.pricePlaces);
  const step = 10n ** BigInt(finePlaces - instrument.quantityPlaces);
  const one = 10n ** BigInt(finePlaces);
  let quantity = 0n;
  let value = 0n;
  for (const level of levels.prices) {
    const stepCost = (BigInt(level) * tick * step) / one;
    const wanted = 'quantity' in limit ? (limit.quantity - quantity) / step : (limit.value - value) / stepCost;
    const here = BigInt(levels.quantityAt(level));
    const taken = wanted < here ? wanted : here;
    quantity += taken * step;
    value += taken * stepCost;
    if (taken < here) break;
  }
  return { quantity, value, best: levels.best === undefined ? undefined : BigInt(levels.best) * tick };
}
