import { describe, expect, it } from 'vitest';
import { AnswerMeter } from '../../src/comets/model/answerMeter';
import { Arrivals } from '../../src/comets/model/arrivals';
import { flags, type ShipState, type Snapshot } from '../../src/comets/model/messages';
import { OwnShip } from '../../src/comets/model/ownShip';
import { PlayClock } from '../../src/comets/model/playClock';
import { Snapshots, turned } from '../../src/comets/model/snapshots';
import { tickMilliseconds, unit } from '../../src/comets/physics/arena';
import { controls, type Flight, step } from '../../src/comets/physics/flight';

const at: Flight = { x: 300_000, y: 200_000, vx: 0, vy: 0, heading: 0, wait: 0 };

function shipOf(flight: Flight, last = 0, set = 0, id = 1): ShipState {
  return { ...flight, id, last, flags: set };
}

function snapshotOf(tick: number, ...ships: ShipState[]): Snapshot {
  return { tick, ships: new Map(ships.map((ship) => [ship.id, ship])), shots: [] };
}

describe('The own ship', () => {
  function started(): OwnShip {
    const ship = new OwnShip(1);
    ship.acknowledge(snapshotOf(0, shipOf(at)));
    ship.advance(0, 0);
    return ship;
  }

  it('turns in the frame that follows a key, before a whole tick has passed', () => {
    const ship = started();
    ship.advance(4, controls.right);
    expect(ship.drawn(controls.right, 0)?.heading).toBeGreaterThan(0);
  });

  it('sends two inputs in each message, with numbers without holes', () => {
    const ship = started();
    const sent = [20, 40, 60, 80, 100].flatMap((now) => ship.advance(now, controls.thrust));
    const numbers = sent.flatMap(({ first, held }) => held.map((_, index) => first + index));
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
    expect(sent.every(({ held }) => held.length >= 2 && held.length <= 4)).toBe(true);
  });

  it('is where it was after a snapshot that agrees, and simulates only what is not acknowledged', () => {
    const ship = started();
    for (let now = 0; now <= 405; now += 5) ship.advance(now, controls.thrust | controls.right);
    const before = ship.drawn(0, 0);
    let flight = at;
    for (let tick = 0; tick < 10; tick++) flight = step(flight, controls.thrust | controls.right);
    ship.acknowledge(snapshotOf(10, shipOf(flight, 10)));
    expect(ship.lastError).toBe(0);
    expect(ship.drawn(0, 0)).toEqual(before);
    expect(ship.waiting).toBe(14);
  });

  it('blends a correction instead of jumping', () => {
    const ship = started();
    for (let now = 0; now <= 200; now += 10) ship.advance(now, 0);
    ship.acknowledge(snapshotOf(12, shipOf({ ...at, x: at.x + 6 * unit }, 12)));
    expect(ship.lastError).toBe(6);
    expect(ship.drawn(0, 0)?.x).toBeCloseTo(at.x, 5);
    ship.advance(233, 0);
    const blended = ship.drawn(0, 0)?.x ?? 0;
    expect(blended).toBeGreaterThan(at.x + 3 * unit);
    expect(blended).toBeLessThan(at.x + 5 * unit);
    for (let now = 243; now <= 500; now += 10) ship.advance(now, 0);
    expect(ship.drawn(0, 0)?.x).toBeCloseTo(at.x + 6 * unit, -2);
  });

  it('stays where it predicts without reconciliation', () => {
    const ship = started();
    ship.reconciles = false;
    ship.acknowledge(snapshotOf(3, shipOf({ ...at, x: 0 }, 3)));
    expect(ship.drawn(0, 0)?.x).toBe(at.x);
  });

  it('draws no ship that is destroyed, and returns where the server puts it', () => {
    const ship = started();
    ship.acknowledge(snapshotOf(3, shipOf(at, 0, flags.destroyed)));
    expect(ship.drawn(0, 0)).toBeUndefined();
    ship.acknowledge(snapshotOf(6, shipOf({ ...at, x: 900 * unit }, 0, flags.shielded)));
    expect(ship.drawn(0, 0)?.x).toBe(900 * unit);
  });

  it('does not catch up after a pause', () => {
    const ship = started();
    ship.advance(10_000, controls.thrust);
    expect(ship.waiting).toBe(0);
  });

  it('shows its shot at once and the server’s in its place when it is acknowledged', () => {
    const ship = started();
    ship.advance(20, controls.fire);
    expect(ship.drawnShots()).toHaveLength(1);
    const { x = 0 } = ship.drawnShots()[0] ?? {};
    const flight = step(at, controls.fire);
    const shot = { id: 1, ship: 1, x: flight.x, y: flight.y, heading: flight.heading };
    ship.acknowledge({ ...snapshotOf(1, shipOf(flight, 1)), shots: [shot] });
    expect(ship.drawnShots()).toHaveLength(1);
    expect(ship.drawnShots()[0]?.x).toBeCloseTo(x, 5);
  });
});

describe('Others', () => {
  it('are drawn between two snapshots, by the shorter turn', () => {
    const snapshots = new Snapshots();
    snapshots.add(snapshotOf(3, shipOf({ ...at, heading: 250 })));
    snapshots.add(snapshotOf(6, shipOf({ ...at, x: at.x + 300, heading: 6 })));
    expect(snapshots.ships(4.5)[0]).toMatchObject({ x: at.x + 150, heading: 256 });
  });

  it('fly on for a quarter of a second without snapshots and then stand', () => {
    const snapshots = new Snapshots();
    snapshots.add(snapshotOf(3, shipOf({ ...at, vx: 100 })));
    expect(snapshots.ships(8)[0]?.x).toBe(at.x + 500);
    expect(snapshots.ships(300)[0]?.x).toBe(at.x + 1500);
  });

  it('do not glide to the place to which a destroyed ship returns', () => {
    const snapshots = new Snapshots();
    snapshots.add(snapshotOf(3, shipOf(at)));
    snapshots.add(snapshotOf(6, shipOf(at, 0, flags.destroyed)));
    snapshots.add(snapshotOf(9, shipOf({ ...at, x: 0 })));
    expect(snapshots.ships(5)[0]?.x).toBe(at.x);
    expect(snapshots.ships(8)).toEqual([]);
    expect(snapshots.ships(9)[0]?.x).toBe(0);
  });

  it('ignore a snapshot that is not newer', () => {
    const snapshots = new Snapshots();
    snapshots.add(snapshotOf(6, shipOf(at)));
    snapshots.add(snapshotOf(3, shipOf({ ...at, x: 0 })));
    expect(snapshots.newest?.tick).toBe(6);
  });

  it.each([[0, 64, 64], [250, 6, 12], [6, 250, -12], [0, 128, -128]])('turn from %i to %i by %i', (from, to, turn) => {
    expect(turned(from, to)).toBe(turn);
  });
});

describe('The clock', () => {
  /** Plays snapshots that each arrive some milliseconds late, and returns the drawn ticks behind the newest. */
  function play(clock: PlayClock, late: readonly number[], from = 0): number[] {
    const drawn: number[] = [];
    late.forEach((by, index) => {
      const tick = (from + index) * 3;
      const now = tick * tickMilliseconds + by;
      clock.arrived(tick, now);
      drawn.push(tick - (clock.at(now) ?? Number.NaN));
    });
    return drawn;
  }

  it('draws 100 ms in the past while snapshots are regular', () => {
    const clock = new PlayClock();
    const behind = play(clock, Array.from({ length: 100 }, () => 5));
    expect(clock.delay).toBe(100);
    expect(behind.at(-1)).toBeCloseTo(6, 3);
  });

  it('grows to at most 200 ms when snapshots bunch, and shrinks by 1 ms a second afterwards', () => {
    const clock = new PlayClock();
    play(clock, Array.from({ length: 60 }, (_, index) => index % 4 * 30));
    const grown = clock.delay;
    expect(grown).toBeGreaterThan(120);
    expect(grown).toBeLessThanOrEqual(200);
    play(clock, Array.from({ length: 200 }, () => 0), 60);
    expect(clock.delay).toBeCloseTo(grown - 10, 0);
  });

  it('never draws backward, and jumps to now after a pause', () => {
    const clock = new PlayClock();
    play(clock, Array.from({ length: 100 }, (_, index) => index % 3 * 40));
    let last = Number.NEGATIVE_INFINITY;
    for (let now = 4960; now < 5400; now += 7) {
      const tick = clock.at(now) ?? Number.NaN;
      expect(tick).toBeGreaterThan(last);
      last = tick;
    }
    for (let tick = 303; tick <= 900; tick += 3) clock.arrived(tick, tick * tickMilliseconds);
    const shown = clock.at(900 * tickMilliseconds) ?? Number.NaN;
    expect(900 - shown).toBeLessThanOrEqual(12);
  });
});

describe('Others on a line with 50 ms of jitter', () => {
  it('move evenly, at most a tenth faster or slower', () => {
    const [clock, others] = [new PlayClock(), new Snapshots()];
    const vx = 100;
    // TCP delivers in order: a snapshot is never before the one that was sent earlier.
    let last = 0;
    const arrivals = Array.from({ length: 400 }, (_, index) => {
      const tick = index * 3;
      last = Math.max(last, 50 + tick * tickMilliseconds + (index * 61 % 101 - 50));
      return { tick, at: last };
    });
    const moved: number[] = [];
    let drawn: number | undefined;
    for (let now = 0; now < 19_000; now += 1000 / 60) {
      for (; arrivals[0] && arrivals[0].at <= now; arrivals.shift()) {
        const { tick, at: arrivedAt } = arrivals[0];
        others.add(snapshotOf(tick, shipOf({ ...at, x: tick * vx, vx })));
        clock.arrived(tick, arrivedAt);
      }
      const [ship] = others.ships(clock.at(now) ?? 0);
      // The clock has seen the jitter after two seconds.
      if (now > 2000 && ship && drawn !== undefined) moved.push((ship.x - drawn) / vx);
      drawn = ship?.x;
    }
    expect(moved.length).toBeGreaterThan(1000);
    expect(Math.min(...moved)).toBeGreaterThan(0.89);
    expect(Math.max(...moved)).toBeLessThan(1.11);
  });
});

describe('The meter of answers', () => {
  it('counts the frames from a key to the first drawn turn', () => {
    const meter = new AnswerMeter();
    meter.pressed(10);
    meter.drawn(10);
    meter.drawn(10);
    meter.drawn(11);
    meter.drawn(12);
    expect(meter.frames).toBe(3);
  });
});

describe('The arrivals', () => {
  it('have the intervals of the snapshots, and forget those of more than ten seconds ago', () => {
    const arrivals = new Arrivals();
    for (const at of [0, 50, 110, 10_050]) arrivals.add(at, 0);
    expect(arrivals.all.map(({ interval }) => interval)).toEqual([60, 9940]);
  });

  it('have the rates and the largest correction of the last two seconds', () => {
    const arrivals = new Arrivals();
    arrivals.add(0, 9);
    for (let at = 1000; at < 3000; at += 50) arrivals.add(at, at === 2000 ? 3 : 1);
    expect(arrivals.rates(2999)).toEqual({ snapshots: 20, error: 3 });
  });
});
