import { type Shot, shotAt } from '../physics/shot';
import { headings } from '../physics/sine';
import { isDestroyed, type ShipState, type Snapshot } from './messages';

const kept = 40;
// Without snapshots others fly on for a quarter of a second and then stand.
const maxAhead = 15;

/** What is drawn of a ship. Headings need not be whole. */
export interface DrawnShip {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly heading: number;
  readonly flags: number;
}

export interface DrawnShot {
  readonly ship: number;
  readonly x: number;
  readonly y: number;
}

/** The latest snapshots, between which others are drawn. */
export class Snapshots {
  readonly #all: Snapshot[] = [];

  get newest(): Snapshot | undefined {
    return this.#all.at(-1);
  }

  /** Adds a snapshot; one that is not newer than all others is dropped. */
  add(snapshot: Snapshot): void {
    if (this.newest && snapshot.tick <= this.newest.tick) return;
    this.#all.push(snapshot);
    if (this.#all.length > kept) this.#all.shift();
  }

  clear(): void {
    this.#all.length = 0;
  }

  /** Returns the ships of a tick: between two snapshots, or beyond the newest by their velocities. */
  ships(tick: number): DrawnShip[] {
    const [before, after] = this.#around(tick);
    if (!before) return [];
    const ahead = after ? 0 : boundedAhead(tick - before.tick);
    const part = after ? (tick - before.tick) / (after.tick - before.tick) : 0;
    return [...before.ships.values()].filter((ship) => !isDestroyed(ship)).map((ship) => {
      const next = after?.ships.get(ship.id);
      if (next && !isDestroyed(next)) return between(ship, next, part);
      return { ...ship, x: ship.x + ship.vx * ahead, y: ship.y + ship.vy * ahead };
    });
  }

  /** Returns the shots of a tick. They fly straight, so one snapshot is enough. */
  shots(tick: number): DrawnShot[] {
    const [before] = this.#around(tick);
    return before ? before.shots.map((shot) => drawn(shot, boundedAhead(tick - before.tick))) : [];
  }

  #around(tick: number): [before: Snapshot | undefined, after: Snapshot | undefined] {
    const next = this.#all.findIndex((snapshot) => snapshot.tick > tick);
    if (next < 0) return [this.newest, undefined];
    return next === 0 ? [this.#all[0], undefined] : [this.#all[next - 1], this.#all[next]];
  }
}

export function drawn(shot: Shot, ticks: number): DrawnShot {
  return { ship: shot.ship, ...shotAt(shot, ticks) };
}

function boundedAhead(ticks: number): number {
  return Math.max(0, Math.min(maxAhead, ticks));
}

function between(from: ShipState, to: ShipState, part: number): DrawnShip {
  return {
    id: to.id,
    x: from.x + (to.x - from.x) * part,
    y: from.y + (to.y - from.y) * part,
    heading: from.heading + turned(from.heading, to.heading) * part,
    flags: from.flags,
  };
}

/** Returns the shorter turn from one heading to another. */
export function turned(from: number, to: number): number {
  const turn = (((to - from) % headings) + headings) % headings;
  return turn >= headings / 2 ? turn - headings : turn;
}
