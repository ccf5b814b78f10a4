// The maximum drift between two clocks that are not adjusted.
const driftPerMillisecond = 100e-6;

/**
 * Estimates the server's clock. A call and its reply bound the offset between the clocks: the server read its clock
 * after the call was sent and before the reply arrived. The bounds of all calls are intersected, so one fast reply is
 * enough, and slow replies do not degrade the estimate.
 */
export class ServerClock {
  #least = Number.NEGATIVE_INFINITY;
  #most = Number.POSITIVE_INFINITY;
  #at = 0;

  /** The offset in milliseconds from the local clock to the server's clock. */
  get offset(): number {
    return this.isKnown ? (this.#least + this.#most) / 2 : 0;
  }

  get isKnown(): boolean {
    return this.#most < Number.POSITIVE_INFINITY;
  }

  add(sentAt: number, receivedAt: number, serverTime: number): void {
    const drift = Math.max(0, receivedAt - this.#at) * driftPerMillisecond;
    const least = Math.max(this.#least - drift, serverTime - receivedAt);
    // The server reports whole milliseconds, rounded down.
    const latest = serverTime + 1 - sentAt;
    const most = Math.min(this.#most + drift, latest);
    // Contradicting bounds mean that a clock was adjusted: earlier measurements are discarded.
    const isConsistent = least <= most;
    this.#least = isConsistent ? least : serverTime - receivedAt;
    this.#most = isConsistent ? most : latest;
    this.#at = receivedAt;
  }

  /** Returns the age of a message's time stamp in milliseconds; at least zero. */
  delayOf(serverTime: number, now: number): number {
    return Math.max(0, now + this.offset - serverTime);
  }
}
