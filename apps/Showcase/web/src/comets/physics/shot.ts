import { unit } from './arena';
import { divided } from './flight';
import { cosine, one, sine } from './sine';

const speed = 10 * unit;

/** The ticks that a shot lasts. */
export const shotLifetime = 45;

/** A shot as snapshots carry it: it flies straight on. */
export interface Shot {
  readonly id: number;
  readonly ship: number;
  readonly x: number;
  readonly y: number;
  readonly heading: number;
}

/** Returns where a shot is a number of ticks later, which need not be whole. */
export function shotAt({ x, y, heading }: Shot, ticks: number): { x: number; y: number } {
  return {
    x: x + divided(cosine(heading) * speed, one) * ticks,
    y: y + divided(sine(heading) * speed, one) * ticks,
  };
}
