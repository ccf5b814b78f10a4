const lateFromMilliseconds = 2000;
const inTimeBelowMilliseconds = 1000;
const lastsMilliseconds = 500;

/**
 * Whether what arrives is too old to act on. Every message's delay counts, and so does a question that has no answer
 * yet: a line that moves nothing at all brings no messages to measure. One message in time ends it; a pause of the
 * page itself, after which the next message is in time again, does not begin it.
 */
export class Lateness {
  #since: number | undefined;
  #delay = 0;
  #askedAt: number | undefined;

  /** A message arrived, or an answer: `delay` milliseconds after it was stamped or asked for. */
  arrived(delay: number, now: number): void {
    this.#delay = delay;
    if (delay >= lateFromMilliseconds) this.#since ??= now;
    else if (delay < inTimeBelowMilliseconds) this.#since = undefined;
  }

  asked(now: number): void {
    this.#askedAt ??= now;
  }

  answered(now: number): void {
    if (this.#askedAt !== undefined) this.arrived(now - this.#askedAt, now);
    this.#askedAt = undefined;
  }

  /** A new connection: nothing is known of it. */
  restart(): void {
    this.#since = this.#askedAt = undefined;
    this.#delay = 0;
  }

  /** Milliseconds by which things are late, or undefined while they are in time. */
  by(now: number): number | undefined {
    const waiting = this.#askedAt === undefined ? 0 : now - this.#askedAt;
    const isLate = this.#since !== undefined && now - this.#since >= lastsMilliseconds;
    if (!isLate && waiting < lateFromMilliseconds) return undefined;
    return Math.max(isLate ? this.#delay : 0, waiting);
  }
}
