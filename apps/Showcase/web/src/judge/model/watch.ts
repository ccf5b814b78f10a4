/** One way to learn of a verdict, with what it cost. */
export interface Watch {
  readonly name: string;
  readonly requests: number;
  readonly bodyBytes: number;
  /** The numbers of the steps that it has seen. */
  readonly seen: ReadonlySet<number>;
  /** When it learned the verdict, in milliseconds after the program was sent. */
  readonly learnedMilliseconds: number | undefined;
}

export interface Answer {
  /** The numbers of the steps in the answer. */
  steps: number[];
  isDone: boolean;
  bodyBytes: number;
}

/** Asks for the state of a run once. `after` is the number of the last step that is known. */
export type Ask = (after: number) => Promise<Answer>;

const second = 1000;
const factor = 1.5;
const mostFailures = 30;

/** Repeats a request until it brings the verdict, as a page without push does. */
export class PollingWatch implements Watch {
  readonly name: string;
  readonly seen = new Set<number>();
  requests = 0;
  bodyBytes = 0;
  learnedMilliseconds: number | undefined;

  readonly #ask: Ask;
  readonly #pause: (request: number) => number;
  readonly #now: () => number;
  #isStopped = false;

  constructor(name: string, ask: Ask, pause: (request: number) => number, now: () => number = () => performance.now()) {
    this.name = name;
    this.#ask = ask;
    this.#pause = pause;
    this.#now = now;
  }

  async start(changed: () => void, wait: (milliseconds: number) => Promise<void> = sleep): Promise<void> {
    const started = this.#now();
    let failures = 0;
    while (!this.#isStopped && failures < mostFailures) {
      await wait(this.#pause(this.requests));
      this.requests++;
      try {
        const { steps, isDone, bodyBytes } = await this.#ask(Math.max(0, ...this.seen));
        for (const step of steps) this.seen.add(step);
        this.bodyBytes += bodyBytes;
        if (isDone) {
          this.learnedMilliseconds = this.#now() - started;
          this.#isStopped = true;
        }
      } catch {
        // The server is away: the next request may succeed.
        failures++;
        await wait(second);
      }
      changed();
    }
  }

  stop(): void {
    this.#isStopped = true;
  }
}

/** Each second. */
export const everySecond = (): number => second;

/** One second, and half as much again after each request. */
export const backingOff = (request: number): number => second * factor ** request;

/** At once: the request itself waits on the server. */
export const atOnce = (): number => 0;

function sleep(milliseconds: number): Promise<void> {
  return milliseconds === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, milliseconds));
}
