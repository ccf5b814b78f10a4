const shownMilliseconds = 10_000;
const rateMilliseconds = 2000;

export interface Arrival {
  readonly at: number;
  /** The milliseconds since the snapshot before. */
  readonly interval: number;
  readonly bytes: number;
  /** The correction of the own ship in units. */
  readonly error: number;
}

/** The snapshots of the last ten seconds, for the netgraph. */
export class Arrivals {
  #all: Arrival[] = [];

  get all(): readonly Arrival[] {
    return this.#all;
  }

  get last(): Arrival | undefined {
    return this.#all.at(-1);
  }

  add(at: number, bytes: number, error: number): void {
    const { last } = this;
    this.#all = this.#all.filter((arrival) => at - arrival.at < shownMilliseconds);
    this.#all.push({ at, interval: last ? at - last.at : 0, bytes, error });
  }

  clear(): void {
    this.#all = [];
  }

  /** Returns snapshots and bytes per second, and the largest correction, of the last two seconds. */
  rates(now: number): { snapshots: number; bytes: number; error: number } {
    const recent = this.#all.filter(({ at }) => now - at < rateMilliseconds);
    return {
      snapshots: recent.length * 1000 / rateMilliseconds,
      bytes: recent.reduce((sum, { bytes }) => sum + bytes, 0) * 1000 / rateMilliseconds,
      error: Math.max(0, ...recent.map(({ error }) => error)),
    };
  }
}
