import { tickMilliseconds, unit } from '../physics/arena';
import { type Flight, fires, step } from '../physics/flight';
import { type Shot, shotLifetime } from '../physics/shot';
import { isDestroyed, type Snapshot } from './messages';
import { drawn, type DrawnShip, type DrawnShot, turned } from './snapshots';

// A longer pause is not caught up: the page was hidden.
const maxFrameMilliseconds = 250;
const maxWaiting = 120;
const inputsPerMessage = 2;
const maxInputsPerMessage = 4;
// Three of these take a correction to a twentieth.
const blendMilliseconds = 33;
// A larger error is a new place, not a correction.
const maxBlended = 100 * unit;

interface Input {
  readonly number: number;
  readonly held: number;
}

interface OwnShot extends Shot {
  readonly number: number;
}

/** Numbered inputs as a message carries them. */
export interface Inputs {
  readonly first: number;
  readonly held: readonly number[];
}

/**
 * The own ship: every tick takes the held controls, simulates them at once, and sends them. A snapshot contains where
 * the ship was after the inputs that the server has simulated; the others are simulated again from there.
 */
export class OwnShip {
  readonly id: number;
  reconciles = true;
  /** The distance in units between the prediction and what the latest snapshot makes of it. */
  lastError = 0;

  #flight: Flight | undefined;
  #isDestroyed = false;
  #number = 0;
  #waiting: Input[] = [];
  #unsent: Input[] = [];
  #shots: OwnShot[] = [];
  #acknowledged: readonly Shot[] = [];
  #error = { x: 0, y: 0, heading: 0 };
  #advancedAt: number | undefined;
  #debt = 0;

  constructor(id: number) {
    this.id = id;
  }

  /** The number of inputs that no snapshot has acknowledged. */
  get waiting(): number {
    return this.#waiting.length;
  }

  get isFlying(): boolean {
    return this.#flight !== undefined && !this.#isDestroyed;
  }

  /** Simulates the ticks since the last call. Returns the messages to send. */
  advance(now: number, held: number): Inputs[] {
    const passed = now - (this.#advancedAt ?? now);
    this.#advancedAt = now;
    if (!this.#flight) return [];
    this.#debt += passed > maxFrameMilliseconds ? 0 : passed;
    this.#blend(passed);
    for (; this.#debt >= tickMilliseconds; this.#debt -= tickMilliseconds) this.#tick({ number: ++this.#number, held });
    return this.#messages();
  }

  /** Drifts while nothing can be sent. */
  pause(now: number): void {
    this.#advancedAt = now;
  }

  /** Takes what the server knows. */
  acknowledge(snapshot: Snapshot): void {
    const state = snapshot.ships.get(this.id);
    if (!state) return;
    const wasFlying = this.isFlying;
    this.#isDestroyed = isDestroyed(state);
    this.#waiting = this.#waiting.filter(({ number }) => number > state.last);
    this.#shots = this.#shots.filter(({ number }) => number > state.last);
    this.#acknowledged = snapshot.shots.filter(({ ship }) => ship === this.id);
    const before = this.#flight;
    const after = this.#waiting.reduce<Flight>((flight, { held }) => step(flight, held), state);
    const isSame = before && wasFlying && this.isFlying;
    this.lastError = isSame ? Math.hypot(before.x - after.x, before.y - after.y) / unit : 0;
    if (isSame && !this.reconciles) return;
    this.#flight = after;
    if (isSame) this.#correct(before, after);
    else this.#error = { x: 0, y: 0, heading: 0 };
  }

  /** Returns the ship as it is drawn now: beyond the last tick by the part of the next one that has passed. */
  drawn(held: number, flags: number): DrawnShip | undefined {
    if (!this.#flight || this.#isDestroyed) return undefined;
    const next = step(this.#flight, held);
    const part = this.#part;
    return {
      id: this.id,
      x: this.#flight.x + (next.x - this.#flight.x) * part + this.#error.x,
      y: this.#flight.y + (next.y - this.#flight.y) * part + this.#error.y,
      heading: this.#flight.heading + turned(this.#flight.heading, next.heading) * part + this.#error.heading,
      flags,
    };
  }

  /** Returns the own shots in the time of the own ship: those that no snapshot has, and the server's moved ahead. */
  drawnShots(): DrawnShot[] {
    const own = this.#shots.map((shot) => drawn(shot, this.#number - shot.number + this.#part));
    return [...own, ...this.#acknowledged.map((shot) => drawn(shot, this.#waiting.length + this.#part))];
  }

  get #part(): number {
    return this.#debt / tickMilliseconds;
  }

  #tick(input: Input): void {
    const flight = this.#flight;
    if (!flight) return;
    this.#waiting.push(input);
    this.#unsent.push(input);
    if (this.#waiting.length > maxWaiting) this.#waiting.shift();
    if (this.#isDestroyed) return;
    const isFiring = fires(flight, input.held);
    const next = step(flight, input.held);
    this.#flight = next;
    const { x, y, heading } = next;
    if (isFiring) this.#shots.push({ id: 0, ship: this.id, x, y, heading, number: input.number });
    this.#shots = this.#shots.filter(({ number }) => this.#number - number < shotLifetime);
  }

  #messages(): Inputs[] {
    const messages: Inputs[] = [];
    while (this.#unsent.length >= inputsPerMessage) {
      const sent = this.#unsent.splice(0, maxInputsPerMessage);
      messages.push({ first: sent[0]?.number ?? 0, held: sent.map(({ held }) => held) });
    }
    return messages;
  }

  #correct(before: Flight, after: Flight): void {
    const moved = { x: before.x - after.x, y: before.y - after.y };
    this.#error = {
      x: this.#error.x + moved.x,
      y: this.#error.y + moved.y,
      heading: this.#error.heading + turned(after.heading, before.heading),
    };
    if (Math.hypot(this.#error.x, this.#error.y) > maxBlended) this.#error = { x: 0, y: 0, heading: 0 };
  }

  #blend(passed: number): void {
    const left = Math.exp(-passed / blendMilliseconds);
    this.#error = { x: this.#error.x * left, y: this.#error.y * left, heading: this.#error.heading * left };
  }
}
