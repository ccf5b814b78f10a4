const windowMilliseconds = 6000;
const spareMilliseconds = 20;
const leastBuffer = 60;
const mostBuffer = 1000;
// The player catches up by leaving out single samples, which nobody hears at this rate.
const shrinkPerSecond = 5;

/**
 * Decides when media are played: with the least delay at which they arrive in time. Picture and sound follow the same
 * clock, so they stay together. The delay grows at once when something arrives late, and shrinks slowly.
 */
export class Playout {
  readonly #arrivals: { at: number; transit: number }[] = [];
  #delay: number | undefined;
  #changedAt = 0;

  /** The time from capture to display, as far as the two clocks agree; undefined before the first message. */
  get delay(): number | undefined {
    return this.#delay;
  }

  /** The time for which what arrives fastest is held back, in milliseconds. */
  get buffer(): number {
    return this.#delay === undefined ? 0 : this.#delay - this.#least();
  }

  /** Takes the arrival of a message with the time of its picture or first sample; both in milliseconds. */
  arrived(mediaTime: number, now: number): void {
    this.#arrivals.push({ at: now, transit: now - mediaTime });
    while ((this.#arrivals[0]?.at ?? now) < now - windowMilliseconds) this.#arrivals.shift();
    const least = this.#least();
    const most = Math.max(...this.#arrivals.map(({ transit }) => transit));
    const wanted = Math.min(Math.max(most + spareMilliseconds, least + leastBuffer), least + mostBuffer);
    const slowest = (this.#delay ?? wanted) - ((now - this.#changedAt) / 1000) * shrinkPerSecond;
    this.#delay = Math.max(wanted, this.#delay === undefined ? wanted : Math.min(slowest, least + mostBuffer));
    this.#changedAt = now;
  }

  /** Returns the time of the media that is due now; undefined before the first message. */
  mediaAt(now: number): number | undefined {
    return this.#delay === undefined ? undefined : now - this.#delay;
  }

  /** Forgets the arrivals, as for another source or connection. */
  restart(): void {
    this.#arrivals.length = 0;
    this.#delay = undefined;
  }

  #least(): number {
    return Math.min(...this.#arrivals.map(({ transit }) => transit));
  }
}
