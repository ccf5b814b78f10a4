import { expect, it } from 'vitest';
import type { ShipState, Snapshot } from '../../src/comets/model/messages';
import { OwnShip } from '../../src/comets/model/ownShip';
import { PlayClock } from '../../src/comets/model/playClock';
import { Snapshots } from '../../src/comets/model/snapshots';
import { tickMilliseconds } from '../../src/comets/physics/arena';
import { controls, type Flight, step } from '../../src/comets/physics/flight';

const frameMilliseconds = 1000 / 60;
const lineMilliseconds = 150;
const ticksPerSnapshot = 3;
const flight: Flight = { x: 300_000, y: 200_000, vx: 0, vy: 0, heading: 0, wait: 0 };
const still: ShipState = { ...flight, id: 1, flags: 0, last: 0 };

/**
 * Simulates a pilot, the server and a watcher on lines that delay every message by the same time. Returns the
 * milliseconds from the frame in which the pilot's page draws a turn to that in which the watcher's page draws it.
 */
function turnSeenAfter(pilotPhase: number, watcherPhase: number, keyPhase: number): number {
  const inputs = new Map<number, number>();
  const arriving: { at: number; first: number; held: readonly number[] }[] = [];
  const snapshots: { at: number; snapshot: Snapshot }[] = [];
  const [ship, others, clock] = [new OwnShip(1), new Snapshots(), new PlayClock()];
  let state = still;
  const pressedAt = 3000 + keyPhase;
  let turnedAt = 0;

  const server = (tick: number, now: number) => {
    for (const { first, held } of takeDue(arriving, now)) held.forEach((one, index) => inputs.set(first + index, one));
    const held = inputs.get(state.last + 1);
    state = { ...step(state, held ?? 0), id: 1, flags: 0, last: held === undefined ? state.last : state.last + 1 };
    if (tick % ticksPerSnapshot !== 0) return;
    snapshots.push({ at: now + lineMilliseconds, snapshot: { tick, ships: new Map([[1, state]]), shots: [] } });
  };
  const taken = { pilot: 0, watcher: 0 };
  const receive = (who: keyof typeof taken, now: number, take: (snapshot: Snapshot) => void) => {
    for (let next = snapshots[taken[who]]; next && next.at <= now; next = snapshots[++taken[who]]) take(next.snapshot);
  };

  let [tick, pilotFrame, watcherFrame] = [0, 0, 0];
  for (let now = 0; now < 6000; now++) {
    for (; tick * tickMilliseconds <= now; tick++) server(tick, now);
    receive('pilot', now, (snapshot) => ship.acknowledge(snapshot));
    receive('watcher', now, (snapshot) => {
      others.add(snapshot);
      clock.arrived(snapshot.tick, now);
    });
    for (; pilotPhase + pilotFrame * frameMilliseconds <= now; pilotFrame++) {
      const held = now >= pressedAt ? controls.left : 0;
      for (const sent of ship.advance(now, held)) arriving.push({ at: now + lineMilliseconds, ...sent });
      if (turnedAt === 0 && ship.drawn(held, 0)?.heading !== still.heading && held !== 0) turnedAt = now;
    }
    for (; watcherPhase + watcherFrame * frameMilliseconds <= now; watcherFrame++) {
      const [drawn] = others.ships(clock.at(now) ?? 0);
      if (drawn && drawn.heading !== still.heading) return now - turnedAt;
    }
  }
  return Number.POSITIVE_INFINITY;
}

function takeDue<T extends { at: number }>(all: T[], now: number): T[] {
  const due = all.filter(({ at }) => at <= now);
  all.splice(0, due.length);
  return due;
}

it('The other page draws a turn within the delay of both lines, 100 ms and two frames', () => {
  const phases = [0, 4, 8, 12, 16];
  const keys = Array.from({ length: 10 }, (_, index) => index * 5);
  const pages = phases.flatMap((pilot) => phases.map((watcher): [number, number] => [pilot, watcher]));
  const times = pages.flatMap(([pilot, watcher]) => keys.map((key) => turnSeenAfter(pilot, watcher, key)));

  expect(Math.min(...times)).toBeGreaterThan(2 * lineMilliseconds);
  expect(Math.max(...times)).toBeLessThanOrEqual(2 * lineMilliseconds + 100 + 2 * frameMilliseconds);
});
