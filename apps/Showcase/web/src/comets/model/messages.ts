import type { Flight } from '../physics/flight';
import type { Shot } from '../physics/shot';

// The messages of docs/protocol/comets.md.

export const flags = { thrusting: 1, shielded: 2, destroyed: 4, lost: 8, parked: 16 } as const;

/** A ship as a snapshot carries it. */
export interface ShipState extends Flight {
  readonly id: number;
  readonly flags: number;
  /** The number of the last inputs that the server has simulated. */
  readonly last: number;
}

export interface SnapshotData {
  t: number;
  s: number[][];
  b: number[][];
}

export interface Snapshot {
  readonly tick: number;
  readonly ships: ReadonlyMap<number, ShipState>;
  readonly shots: readonly Shot[];
}

/** The state of a room that no snapshot carries. */
export interface RoomData {
  tick: number;
  seed: number;
  /** The ticks in which the comets appear, by their places. */
  comets: number[];
}

export interface Pilot {
  name: string;
  kills: number;
  deaths: number;
  isBot: boolean;
}

export interface ListedRoom {
  people: number;
  bots: number;
  free: number;
}

export interface RoomEvent {
  t: number;
  kind: 'shot' | 'crash' | 'burst' | 'join' | 'leave' | 'round';
  ship?: number;
  name?: string;
  by?: number;
  byName?: string;
  kills?: number;
  comet?: number;
  appears?: number;
}

export function snapshotOf({ t, s, b }: SnapshotData): Snapshot {
  const ships = s.map((ship): [number, ShipState] => {
    const [id = 0, x = 0, y = 0, vx = 0, vy = 0, heading = 0, wait = 0, set = 0, last = 0] = ship;
    return [id, { id, x, y, vx, vy, heading, wait, flags: set, last }];
  });
  const shots = b.map(([id = 0, ship = 0, x = 0, y = 0, heading = 0]) => ({ id, ship, x, y, heading }));
  return { tick: t, ships: new Map(ships), shots };
}

export function isDestroyed(ship: ShipState): boolean {
  return (ship.flags & flags.destroyed) !== 0;
}
