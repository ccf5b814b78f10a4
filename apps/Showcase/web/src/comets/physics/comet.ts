import { height, unit, width } from './arena';
import { divided } from './flight';
import { cosine, one, sine } from './sine';

// Comets enter and leave the arena out of sight: they fly on a torus that is larger by this margin on each side.
const margin = 80 * unit;
const loopWidth = width + 2 * margin;
const loopHeight = height + 2 * margin;
const minSpeed = 80;
const speedRange = 160;
const minRadius = 22;
const radiusRange = 24;

export interface Comet {
  readonly x: number;
  readonly y: number;
  /** In units. */
  readonly radius: number;
  readonly heading: number;
}

/**
 * Returns where a comet is in a tick, which need not be whole. Its size and path follow from the seed of the room, its
 * place in the list of comets, and the tick in which it appeared; Comets/Physics/Comet.cs computes the same numbers.
 */
export function cometAt(seed: number, place: number, appeared: number, tick: number): Comet {
  const random = mix((seed ^ mix(place + Math.imul(mix(appeared), 31))) >>> 0);
  const heading = random & 255;
  const speed = minSpeed + (random >>> 8) % speedRange;
  const start = mix(random) % (loopWidth + loopHeight);
  const [x, y] = start < loopWidth ? [start, 0] : [0, start - loopWidth];
  const age = tick - appeared;
  return {
    x: on(x, divided(cosine(heading) * speed, one), age, loopWidth) - margin,
    y: on(y, divided(sine(heading) * speed, one), age, loopHeight) - margin,
    radius: minRadius + (random >>> 16) % radiusRange,
    heading,
  };
}

function on(start: number, velocity: number, age: number, size: number): number {
  const position = (start + velocity * (age % size)) % size;
  return position < 0 ? position + size : position;
}

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
