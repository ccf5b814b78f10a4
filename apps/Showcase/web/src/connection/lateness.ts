const lateFromMilliseconds = 2000;
const inTimeBelowMilliseconds = 1000;
const lastsMilliseconds = 500;

/**
 * Detects data that is too old to act on. It measures the delay of every message and the age of an unanswered call,
 * because a stalled connection delivers no messages to measure. One timely message ends the lateness. A pause of the
 * page itself does not start it, because the next message is timely again.
 */
export class Lateness {
  #since: number | undefined;
  #delay = 0;
  #calledAt: number | undefined;

  /** Records a message or a reply that arrived `delay` milliseconds after its time stamp or its call. */
  arrived(delay: number, now: number): void {
    this.#delay = delay;
    if (delay >= lateFromMilliseconds) this.#since ??= now;
    else if (delay < inTimeBelowMilliseconds) this.#since = undefined;
  }

  called(now: number): void {
    this.#calledAt ??= now;
  }

  replied(now: number): void {
    if (this.#calledAt !== undefined) this.arrived(now - this.#calledAt, now);
    this.#calledAt = undefined;
  }

  /** Clears all measurements for a new connection. */
  restart(): void {
    this.#since = this.#calledAt = undefined;
    this.#delay = 0;
  }

  /** Returns the lateness in milliseconds, or undefined while data is timely. */
  by(now: number): number | undefined {
    const waiting = this.#calledAt === undefined ? 0 : now - this.#calledAt;
    const isLate = this.#since !== undefined && now - this.#since >= lastsMilliseconds;
    if (!isLate && waiting < lateFromMilliseconds) return undefined;
    return Math.max(isLate ? this.#delay : 0, waiting);
  }
}
