import { height, unit, width } from './arena';
import { cosine, headings, one, sine } from './sine';

/** What a pilot does in a tick, as bits. */
export const controls = { left: 1, right: 2, thrust: 4, fire: 8 } as const;

/** The radius of a ship in units. */
export const shipRadius = 12;

const thrust = 24;
const drag = 64;
const turn = 4;
const fireInterval = 20;
const bounce = 2;

/** The motion of a ship: positions in 1/256 of a unit, velocities in 1/256 of a unit per tick. */
export interface Flight {
  readonly x: number;
  readonly y: number;
  readonly vx: number;
  readonly vy: number;
  readonly heading: number;
  /** The ticks until the ship may fire again. */
  readonly wait: number;
}

/**
 * Returns the motion one tick later. Comets/Physics/Flight.cs gives the same numbers for the same controls, so all of
 * them are integers and every division rounds toward zero.
 */
export function step(flight: Flight, held: number): Flight {
  let heading = flight.heading;
  if (held & controls.left) heading -= turn;
  if (held & controls.right) heading += turn;
  heading &= headings - 1;

  let vx = flight.vx - divided(flight.vx, drag);
  let vy = flight.vy - divided(flight.vy, drag);
  if (held & controls.thrust) {
    vx += divided(cosine(heading) * thrust, one);
    vy += divided(sine(heading) * thrust, one);
  }

  const [x, reflectedX] = reflect(flight.x + vx, vx, width);
  const [y, reflectedY] = reflect(flight.y + vy, vy, height);
  const wait = fires(flight, held) ? fireInterval : Math.max(0, flight.wait - 1);
  return { x, y, vx: reflectedX, vy: reflectedY, heading, wait };
}

/** Returns whether a ship fires in the tick that follows. */
export function fires(flight: Flight, held: number): boolean {
  return flight.wait <= 1 && (held & controls.fire) !== 0;
}

/** Divides as C# divides integers. */
export function divided(value: number, by: number): number {
  return Math.trunc(value / by) | 0;
}

function reflect(position: number, velocity: number, size: number): [number, number] {
  const margin = shipRadius * unit;
  if (position < margin) return [margin, divided(Math.abs(velocity), bounce)];
  if (position > size - margin) return [size - margin, 0 - divided(Math.abs(velocity), bounce)];
  return [position, velocity];
}
