import type { BookSide } from './bookSide';
import { finePlaces } from './decimal';
import type { Instrument } from './symbol';

/** What a market order would come to, level by level. Amounts are fine numbers. */
export interface Walk {
  quantity: bigint;
  value: bigint;
  /** Of the first level; undefined when nobody is there. */
  best: bigint | undefined;
}

/**
 * Walks a side of the book from its best price until `quantity` is reached or `value` is spent, whichever is given, or
 * the book ends. Whole steps only.
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
