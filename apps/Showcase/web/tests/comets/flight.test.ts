import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cometAt } from '../../src/comets/physics/comet';
import { type Flight, fires, step } from '../../src/comets/physics/flight';

const file = join(import.meta.dirname, 'flight.json');
const inputs = 10_000;
const every = 50;

/** What tests/Showcase.Tests/Comets/FlightTests.cs computes again in C#. RECORD=1 writes the file. */
interface Recorded {
  /** The held controls and for how many ticks, 10,000 together. */
  flown: [held: number, ticks: number][];
  /** The motion after every 50th tick, and whether a shot was fired since the one before. */
  flights: number[][];
  /** Seed, place, the tick of its appearance, the tick, and where the comet is then with its radius. */
  comets: number[][];
}

const start: Flight = { x: 307_200, y: 204_800, vx: 0, vy: 0, heading: 0, wait: 0 };

function fly(flown: Recorded['flown']): number[][] {
  const flights: number[][] = [];
  let [flight, tick, shots] = [start, 0, 0];
  for (const [held, ticks] of flown) {
    for (let left = ticks; left > 0; left--) {
      if (fires(flight, held)) shots++;
      flight = step(flight, held);
      if (++tick % every !== 0) continue;
      flights.push([flight.x, flight.y, flight.vx, flight.vy, flight.heading, flight.wait, shots]);
      shots = 0;
    }
  }
  return flights;
}

// A pilot who holds keys for a moment each, from a linear congruential generator.
function record(): Recorded {
  let state = 7;
  const random = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 0x1_0000_0000 * below);
  };
  const flown: Recorded['flown'] = [];
  for (let left = inputs; left > 0;) {
    const ticks = Math.min(left, 1 + random(40));
    flown.push([random(16), ticks]);
    left -= ticks;
  }
  const comets = Array.from({ length: 500 }, () => {
    const [seed, place, appeared] = [random(12) + 1, random(9), random(1_000_000) - 60_000];
    const tick = appeared + random(2) * random(1_000_000_000) + random(5000);
    const { x, y, radius } = cometAt(seed, place, appeared, tick);
    return [seed, place, appeared, tick, x, y, radius];
  });
  return { flown, flights: fly(flown), comets };
}

if (process.env.RECORD) writeFileSync(file, `${JSON.stringify(record()).replaceAll('],[', '],\n[')}\n`);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as Recorded;

describe('The physics of the page', () => {
  it('flies ten thousand recorded inputs as the server does', () => {
    expect(recorded.flown.reduce((sum, [, ticks]) => sum + ticks, 0)).toBe(inputs);
    expect(fly(recorded.flown)).toEqual(recorded.flights);
  });

  it('finds comets where the server does', () => {
    for (const [seed = 0, place = 0, appeared = 0, tick = 0, x, y, radius] of recorded.comets)
      expect(cometAt(seed, place, appeared, tick)).toMatchObject({ x, y, radius });
  });
});
