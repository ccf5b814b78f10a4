const shownMilliseconds = 10_000;
const rateMilliseconds = 2000;

export interface Arrival {
  readonly at: number;
  /** The milliseconds since the snapshot before. */
  readonly interval: number;
  /** The correction of the own ship in units. */
  readonly error: number;
}

/** The snapshots of the last ten seconds, for the netgraph. */
export class Arrivals {
  #all: Arrival[] = [];

  get all(): readonly Arrival[] {
    return this.#all;
  }

  add(at: number, error: number): void {
    const last = this.#all.at(-1);
    this.#all = this.#all.filter((arrival) => at - arrival.at < shownMilliseconds);
    this.#all.push({ at, interval: last ? at - last.at : 0, error });
  }

  /** Returns snapshots per second, and the largest correction, of the last two seconds. */
  rates(now: number): { snapshots: number; error: number } {
    const recent = this.#all.filter(({ at }) => now - at < rateMilliseconds);
    return {
      snapshots: recent.length * 1000 / rateMilliseconds,
      error: Math.max(0, ...recent.map(({ error }) => error)),
    };
  }
}
