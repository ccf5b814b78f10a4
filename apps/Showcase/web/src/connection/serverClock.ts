// Computers' clocks run apart by less than this when nobody sets them.
const driftPerMillisecond = 100e-6;

/**
 * The server's clock as seen from here. A question and its answer bound the difference of the clocks: the server read
 * its clock after the question left and before the answer arrived. The bounds of all questions are intersected, so one
 * quick answer is enough, and the slow ones of a bad line take nothing away from it.
 */
export class ServerClock {
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;
  #at = 0;

  /** Milliseconds to add to this computer's clock to get the server's. */
  get offset(): number {
    return this.isKnown ? (this.#least + this.#most) / 2 : 0;
  }

  get isKnown(): boolean {
    return this.#most < Number.POSITIVE_INFINITY;
  }

  add(sentAt: number, receivedAt: number, serverTime: number): void {
    const drift = Math.max(0, receivedAt - this.#at) * driftPerMillisecond;
    const least = Math.max(this.#least - drift, serverTime - receivedAt);
    // The server tells whole milliseconds, rounded down.
    const latest = serverTime + 1 - sentAt;
    const most = Math.min(this.#most + drift, latest);
    // Bounds that contradict each other: somebody set a clock, and only what was measured since counts.
    const isConsistent = least <= most;
    this.#least = isConsistent ? least : serverTime - receivedAt;
    this.#most = isConsistent ? most : latest;
    this.#at = receivedAt;
  }

  /** How long ago the server stamped a message, in milliseconds; never below zero. */
  delayOf(serverTime: number, now: number): number {
    return Math.max(0, now + this.offset - serverTime);
  }
}
