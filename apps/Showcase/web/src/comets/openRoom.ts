import type { MapSubscription, Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import { Arrivals } from './model/arrivals';
import type { Pilot, RoomData, RoomEvent, SnapshotData } from './model/messages';
import { snapshotOf } from './model/messages';
import { OwnShip } from './model/ownShip';
import { PlayClock } from './model/playClock';
import { Snapshots } from './model/snapshots';

const firstCodeOfServer = 100;
const staleMilliseconds = 1000;

export interface RoomListener {
  changed: () => void;
  happened: (event: RoomEvent) => void;
  failed: (reason: string) => void;
}

/** A room on the page: its channels, and the own ship while this window flies it. */
export class OpenRoom {
  readonly name: string;
  readonly snapshots = new Snapshots();
  readonly clock = new PlayClock();
  readonly arrivals = new Arrivals();
  readonly pilots = new Map<number, Pilot>();
  seed = 0;
  /** The ticks in which the comets appear. */
  comets: number[] = [];
  ship: OwnShip | undefined;
  /** Whether another window of this person flies the ship. */
  isTaken = false;
  /** Why the server gave no ship, or an empty text. */
  refusal = '';

  readonly #connection: Connection;
  readonly #listener: RoomListener;
  readonly #subscriptions: (Subscription | MapSubscription)[];
  #wantsShip = false;
  #arrivedAt = 0;

  constructor(connection: Connection, name: string, listener: RoomListener) {
    this.#connection = connection;
    this.#listener = listener;
    this.name = name;
    const { client } = connection;
    const snap = client.newSubscription(`snap:${name}`);
    const arena = client.newSubscription(`arena:${name}`);
    const pilots = client.newMapSubscription(`pilots:${name}`);
    this.#subscriptions = [snap, arena, pilots];
    snap.on('subscribed', () => this.#begin());
    snap.on('publication', ({ data }) => this.#arrived(data as SnapshotData));
    snap.on('unsubscribed', ({ code, reason }) => {
      if (code >= firstCodeOfServer) listener.failed(reason);
    });
    connection.countRecovered(arena);
    arena.on('subscribed', ({ data }) => ({ seed: this.seed, comets: this.comets } = data as RoomData));
    arena.on('publication', ({ data }) => this.#happened(data as RoomEvent));
    pilots.on('sync', ({ entries }) => {
      this.pilots.clear();
      for (const { key, data } of entries) this.pilots.set(Number(key), data as Pilot);
      listener.changed();
    });
    pilots.on('update', ({ key, data, removed }) => {
      if (removed) this.pilots.delete(Number(key));
      else this.pilots.set(Number(key), data as Pilot);
      listener.changed();
    });
    client.on('message', ({ data }) => {
      if ((data as { taken?: string }).taken !== undefined) this.#taken();
    });
    connection.onChange(() => listener.changed());
  }

  /** The milliseconds since the last snapshot. */
  get silence(): number {
    return this.#arrivedAt === 0 ? 0 : performance.now() - this.#arrivedAt;
  }

  /** Whether inputs would reach the server in time. */
  get isLive(): boolean {
    return this.#connection.state === 'connected' && this.silence < staleMilliseconds;
  }

  get wantsShip(): boolean {
    return this.#wantsShip;
  }

  /** Whether this window shows others alone. */
  get isWatching(): boolean {
    return this.isTaken || !this.#wantsShip;
  }

  /** Subscribes, and takes a ship. */
  open(): void {
    this.#wantsShip = true;
    for (const subscription of this.#subscriptions) subscription.subscribe();
  }

  /** Takes a ship, or the own one from another window. */
  fly(): void {
    this.#wantsShip = true;
    this.isTaken = false;
    this.refusal = '';
    void this.#join();
  }

  /** Gives the ship up and watches. */
  async watch(): Promise<void> {
    this.#wantsShip = false;
    this.ship = undefined;
    this.#listener.changed();
    await this.#connection.client.rpc('game.leave', {}).catch(() => undefined);
  }

  /** Simulates and sends the inputs of this frame. */
  advance(now: number, held: number): void {
    if (!this.ship) return;
    if (!this.isLive) {
      this.ship.pause(now);
      return;
    }
    for (const { first, held: all } of this.ship.advance(now, held))
      this.#connection.client.send({ g: [this.name, first, ...all] }).catch(() => undefined);
  }

  // A server that has restarted counts its ticks anew, and so does the page.
  #begin(): void {
    this.clock.reset();
    this.snapshots.clear();
    this.ship = undefined;
    if (this.#wantsShip && !this.isTaken) void this.#join();
    this.#listener.changed();
  }

  async #join(): Promise<void> {
    try {
      const { data } = await this.#connection.client.rpc('game.join', { room: this.name });
      this.ship = new OwnShip((data as { ship: number }).ship);
    } catch (error) {
      const { code, message } = error as { code: number; message: string };
      if (code < firstCodeOfServer) return;
      this.#wantsShip = false;
      this.refusal = message;
    }
    this.#listener.changed();
  }

  #arrived(data: SnapshotData): void {
    const now = performance.now();
    const snapshot = snapshotOf(data);
    this.snapshots.add(snapshot);
    this.clock.arrived(snapshot.tick, now);
    this.ship?.acknowledge(snapshot);
    this.arrivals.add(now, this.ship?.lastError ?? 0);
    const isFirst = this.#arrivedAt === 0;
    this.#arrivedAt = now;
    if (isFirst) this.#listener.changed();
  }

  #happened(event: RoomEvent): void {
    // The listener sees where a comet was before it is another one.
    this.#listener.happened(event);
    if (event.comet !== undefined && event.appears !== undefined) this.comets[event.comet] = event.appears;
  }

  #taken(): void {
    this.ship = undefined;
    this.isTaken = true;
    this.#listener.changed();
  }
}
