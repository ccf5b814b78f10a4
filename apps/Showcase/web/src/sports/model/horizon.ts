/** The longest delay of a picture, in seconds. */
export const longestSeconds = 60;

/**
 * The time up to which the page shows what has happened: the present, or earlier, so that it is in step with a
 * television picture that is late.
 */
export class Horizon {
  readonly #now: () => number;
  seconds: number;

  /** `now` is the server's clock in milliseconds. */
  constructor(now: () => number, seconds: number) {
    this.#now = now;
    this.seconds = Number.isFinite(seconds) ? Math.min(longestSeconds, Math.max(0, Math.round(seconds))) : 0;
  }

  /** The time for clocks. */
  get clock(): number {
    return this.#now() - this.seconds * 1000;
  }

  /** The time of the newest incident that is shown. Without a delay it has no bound, because clocks are estimates. */
  get limit(): number {
    return this.seconds === 0 ? Infinity : this.clock;
  }
}
