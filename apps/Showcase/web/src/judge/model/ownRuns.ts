import type { Verdict } from './run';

/** A run of the person, in any window. */
export interface RunNotice {
  readonly run: string;
  readonly problem: string;
  readonly samplesOnly: boolean;
  readonly time: number;
  readonly verdict?: Verdict;
}

const shownRuns = 8;

/** The latest runs of the person, the newest first. */
export class OwnRuns {
  #runs: RunNotice[] = [];

  get all(): readonly RunNotice[] {
    return this.#runs;
  }

  /** The newest run when it has no verdict. */
  get open(): RunNotice | undefined {
    const [newest] = this.#runs;
    return newest && !newest.verdict ? newest : undefined;
  }

  /** Takes the list of the server. */
  replace(runs: readonly RunNotice[]): void {
    this.#runs = runs.slice(0, shownRuns);
  }

  /** Takes a notice; true when the run is new. Notices of a run may be skipped, or repeated after a reconnect. */
  take(notice: RunNotice): boolean {
    const index = this.#runs.findIndex(({ run }) => run === notice.run);
    if (index >= 0) {
      this.#runs[index] = notice;
      return false;
    }
    this.#runs.push(notice);
    this.#runs.sort((left, right) => right.time - left.time);
    this.#runs.length = Math.min(this.#runs.length, shownRuns);
    return true;
  }
}
