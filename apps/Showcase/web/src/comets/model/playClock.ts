import { tickMilliseconds } from '../physics/arena';

const minDelay = 100;
const maxDelay = 200;
const snapshotMilliseconds = 50;
const spareMilliseconds = 10;
const shrinkPerSecond = 1;
// A quarter of a second is too much to glide over: the page was hidden, or the server paused.
const jumpTicks = 15;
const jumpMilliseconds = 500;
// How fast the clock is corrected, and how fast it follows a line that has become slower.
const glide = 0.1;
const follow = 0.01;

/**
 * Chooses the tick that is drawn: behind the server by a delay, within which the next snapshot arrives. The delay is
 * 100 ms, grows to 200 ms when snapshots come in bursts, and shrinks by 1 ms a second.
 */
export class PlayClock {
  /** The delay in milliseconds. */
  delay = minDelay;
  /** How far the drawn tick is behind the fastest snapshots, in milliseconds. */
  behind = 0;

  /** The local time of tick 0 by the fastest snapshots. */
  #origin: number | undefined;
  #arrivedAt = 0;
  #tick: number | undefined;
  #drawnAt = 0;

  /** Takes the arrival of a snapshot. */
  arrived(tick: number, now: number): void {
    const origin = now - tick * tickMilliseconds;
    const late = origin - (this.#origin ?? origin);
    if (this.#origin === undefined || late < 0 || late > jumpMilliseconds) this.#origin = origin;
    else this.#origin += late * follow;
    const needed = late > jumpMilliseconds ? minDelay : late + snapshotMilliseconds + spareMilliseconds;
    const shrunk = this.delay - (now - this.#arrivedAt) * shrinkPerSecond / 1000;
    this.delay = Math.min(maxDelay, Math.max(minDelay, shrunk, needed));
    this.#arrivedAt = now;
  }

  /** Returns the tick to draw, which need not be whole; undefined before the first snapshot. */
  at(now: number): number | undefined {
    if (this.#origin === undefined) return undefined;
    const wanted = (now - this.#origin - this.delay) / tickMilliseconds;
    const passed = (now - this.#drawnAt) / tickMilliseconds;
    this.#drawnAt = now;
    const next = (this.#tick ?? wanted) + passed;
    const isFar = this.#tick === undefined || Math.abs(wanted - next) > jumpTicks || passed > jumpTicks;
    this.#tick = isFar ? wanted : next + Math.max(-passed * glide, Math.min(passed * glide, wanted - next));
    this.behind = now - this.#origin - this.#tick * tickMilliseconds;
    return this.#tick;
  }

  /** Forgets everything, as when another server may continue. */
  reset(): void {
    this.#origin = this.#tick = undefined;
    this.delay = minDelay;
  }
}
