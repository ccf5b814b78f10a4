const windowMilliseconds = 5000;

/** What has arrived lately: how often, and how old it was on arrival. */
export class Arrivals {
  #latest: { at: number; age: number }[] = [];
  #since = 0;
  /** The number of arrivals since the start. */
  count = 0;

  start(now: number): void {
    this.#latest = [];
    this.#since = now;
    this.count = 0;
  }

  add(age: number, now: number): void {
    this.count++;
    this.#latest.push({ at: now, age });
    this.#forget(now);
  }

  /** Returns the arrivals of each second in the last five, and the age of the oldest. */
  figures(now: number): { perSecond: number; oldest: number } {
    this.#forget(now);
    const seconds = Math.min(windowMilliseconds, Math.max(1, now - this.#since)) / 1000;
    return { perSecond: this.#latest.length / seconds, oldest: Math.max(0, ...this.#latest.map(({ age }) => age)) };
  }

  #forget(now: number): void {
    const kept = this.#latest.findIndex(({ at }) => at > now - windowMilliseconds);
    if (kept !== 0) this.#latest.splice(0, kept < 0 ? this.#latest.length : kept);
  }
}
