/** `full`: every change of the book and every trade. `partial`: the best levels and the latest trade once a second. */
export type FeedMode = 'full' | 'partial';

/** What a choice needs from the connection. */
export interface Probe {
  /** Completes with the reply to an empty call. */
  ping(): Promise<unknown>;
  /** Completes with this number of candles. */
  load(candles: number): Promise<unknown>;
  now(): number;
  /** Whether the browser runs the page's timers rarely, because nobody looks at the page. */
  isHidden(): boolean;
}

// 1.1, 2.2 and 8.8 kB: the full feed needs 7 kB/s, and loads 70 kB at its start. The last of a trial is so large that a
// busy page, which counts little of the time, does not take a modem for a fast line.
const candlesOfRetrial = 8;
const candlesOfTrial = 16;
const candlesOfProof = 64;
const trialExtraMilliseconds = 200;
const retrialExtraMilliseconds = 120;
const patienceMilliseconds = 1000;
const tickMilliseconds = 20;
const longestTickMilliseconds = 60;
const behindMilliseconds = 1000;
const checksUntilBehind = 2;
const firstRetrialMilliseconds = 3000;
const lastRetrialMilliseconds = 10_000;

/**
 * Chooses the feed that the line carries. A line proves itself by replies of a few kilobytes that take little longer
 * than an empty one; until then, and while it is slower, the feed is partial. The full feed on a line that falls behind
 * would only become older and older.
 */
export class FeedChoice {
  mode: FeedMode | undefined;
  onChange: (mode: FeedMode) => void = () => undefined;

  readonly #probe: Probe;
  #waiting: ((mode: FeedMode) => void)[] = [];
  #connection = 0;
  #leastPing = Number.POSITIVE_INFINITY;
  #leastDelay = Number.POSITIVE_INFINITY;
  #behind = 0;
  #retrialAfter = firstRetrialMilliseconds;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(probe: Probe) {
    this.#probe = probe;
  }

  /** The mode, once it is chosen. */
  get chosen(): Promise<FeedMode> {
    const { mode } = this;
    return mode ? Promise.resolve(mode) : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Starts the trial of a new connection. */
  connected(): void {
    this.#connection++;
    this.#leastPing = Number.POSITIVE_INFINITY;
    this.#retrialAfter = firstRetrialMilliseconds;
    this.#behind = 0;
    this.#leastDelay = Number.POSITIVE_INFINITY;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#fall(), patienceMilliseconds);
    void this.#try();
  }

  /** The next connection may use another line, which has a trial of its own. */
  lost(): void {
    this.#connection++;
    clearTimeout(this.#timer);
    this.mode = undefined;
  }

  /** Records the delay of a message of the full feed. */
  arrived(delay: number): void {
    this.#leastDelay = Math.min(this.#leastDelay, delay);
  }

  /**
   * Judges the messages since the last check; called every 500 ms. A page that was busy finds a message in time among
   * them, the last at least; on a line that has fallen behind there is none.
   */
  check(): void {
    const least = this.#leastDelay;
    this.#leastDelay = Number.POSITIVE_INFINITY;
    if (this.mode !== 'full' || least === Number.POSITIVE_INFINITY) return;
    this.#behind = least > behindMilliseconds ? this.#behind + 1 : 0;
    if (this.#behind < checksUntilBehind) return;
    this.#retrialAfter = lastRetrialMilliseconds;
    this.#fall();
  }

  async #retry(): Promise<void> {
    const connection = this.#connection;
    if (await this.#carries(retrialExtraMilliseconds, candlesOfRetrial)) await this.#try();
    if (connection === this.#connection && this.mode === 'partial') this.#retryLater();
  }

  async #try(): Promise<void> {
    if (!(await this.#carries(trialExtraMilliseconds, candlesOfTrial, candlesOfProof))) return;
    clearTimeout(this.#timer);
    this.#choose('full');
  }

  /** Whether each of these replies takes at most `extra` milliseconds more than an empty one. */
  async #carries(extra: number, ...replies: number[]): Promise<boolean> {
    const connection = this.#connection;
    try {
      const ping = await this.#timeOf(() => this.#probe.ping());
      if (connection !== this.#connection) return false;
      this.#leastPing = Math.min(this.#leastPing, ping);
      for (const candles of replies) {
        const load = await this.#timeOf(() => this.#probe.load(candles));
        if (connection !== this.#connection || load - this.#leastPing > extra) return false;
      }
      return true;
    } catch {
      // A lost connection has another trial; a refused call is made again later.
      return false;
    }
  }

  // Time in which the page was too busy to run its timers is not the line's.
  async #timeOf(call: () => Promise<unknown>): Promise<number> {
    let before = this.#probe.now();
    let total = 0;
    const count = () => {
      const now = this.#probe.now();
      total += this.#probe.isHidden() ? now - before : Math.min(now - before, longestTickMilliseconds);
      before = now;
    };
    const ticks = setInterval(count, tickMilliseconds);
    try {
      await call();
    } finally {
      clearInterval(ticks);
    }
    count();
    return total;
  }

  #fall(): void {
    this.#behind = 0;
    this.#choose('partial');
    this.#retryLater();
  }

  #retryLater(): void {
    const connection = this.#connection;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (connection === this.#connection) void this.#retry();
    }, this.#retrialAfter);
    this.#retrialAfter = Math.min(this.#retrialAfter * 2, lastRetrialMilliseconds);
  }

  #choose(mode: FeedMode): void {
    if (this.mode === mode) return;
    this.mode = mode;
    for (const resolve of this.#waiting.splice(0)) resolve(mode);
    this.onChange(mode);
  }
}
