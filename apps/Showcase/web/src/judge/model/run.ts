export type Verdict = 'accepted' | 'wrong' | 'syntax' | 'exception' | 'time' | 'memory' | 'recursion' | 'output' | 'cancelled' | 'fault';

/** A step of a run as the server sends it; docs/protocol/judge.md describes it. */
export interface Step {
  n: number;
  state: 'queued' | 'running' | 'test' | 'done';
  of: number;
  test?: number;
  ms?: number;
  kib?: number;
  verdict?: Verdict;
  message?: string;
  line?: number;
  column?: number;
  input?: string;
  expected?: string;
  got?: string;
  log?: string;
}

const titles: Record<Verdict, string> = {
  accepted: 'Accepted',
  wrong: 'Wrong result',
  syntax: 'Syntax error',
  exception: 'Exception',
  time: 'Time limit exceeded',
  memory: 'Memory limit exceeded',
  recursion: 'Calls nested too deeply',
  output: 'Too much output',
  cancelled: 'Cancelled',
  fault: 'The judge failed',
};

export function titleOf(verdict: Verdict): string {
  return titles[verdict];
}

/** The steps of a run. The reply of a subscribe and publications may overlap, so each number counts once. */
export class Run {
  readonly id: string;
  readonly steps: Step[] = [];
  /** The place in the queue from 1; 0 when the run does not wait. */
  place = 0;

  constructor(id: string) {
    this.id = id;
  }

  get last(): Step | undefined {
    return this.steps.at(-1);
  }

  get isDone(): boolean {
    return this.last?.state === 'done';
  }

  /** Adds a step; false when it is known. */
  add(step: Step): boolean {
    const last = this.last;
    // After a restart of the server the run begins again, and its numbers with it.
    if (step.state === 'queued' && last && last.state !== 'done') this.steps.length = 0;
    else if (last && step.n <= last.n) return false;
    this.steps.push(step);
    if (step.state !== 'queued') this.place = 0;
    return true;
  }

  /** Takes the state of a subscribe reply, which is the truth. */
  replace(place: number, steps: readonly Step[]): void {
    this.place = place;
    this.steps.splice(0, this.steps.length, ...steps);
  }

  /** One sentence about where the run is. */
  get words(): string {
    const last = this.last;
    if (!last) return 'Sent.';
    if (last.state === 'queued') return this.place > 0 ? `Place ${this.place} in the queue.` : 'In the queue.';
    if (last.state === 'running') return 'Started.';
    if (last.state === 'test') return `Test ${last.test ?? 0} of ${last.of} has passed.`;
    if (last.verdict === 'accepted') return `All ${last.of} tests passed in ${last.ms ?? 0} ms.`;
    const where = last.line ? ` in line ${last.line}, column ${last.column ?? 1}` : '';
    const test = last.test ? ` Test ${last.test} of ${last.of}.` : '';
    return `${last.message ?? titleOf(last.verdict ?? 'fault')}${where}.${test}`.replace('..', '.');
  }
}
