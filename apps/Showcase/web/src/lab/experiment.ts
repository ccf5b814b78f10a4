import type { LineApi, LineCounts, OpenedLine } from '../line/lineApi';
import { type LineSettings, profiles } from '../line/profiles';
import { Arrivals } from './model/arrivals';
import { type Figures, figuresOf, type ServerCounts } from './model/figures';
import type { Settings } from './model/settings';
import type { NamedWay } from './ways/ways';

/** The calls of the laboratory over the page's own connection. */
export interface LabCalls {
  start(settings: object): Promise<string>;
  /** Returns the counts by way, or undefined when there is no such run. */
  counts(run: string): Promise<Readonly<Record<string, ServerCounts>> | undefined>;
  /** Pauses the source of events, or resumes it. */
  pause(run: string, isPaused: boolean): void;
  stop(run: string): void;
  /** Returns the age of a time stamp of the server in milliseconds. */
  ageOf(serverTime: number): number;
}

interface Column {
  readonly way: NamedWay;
  readonly line: OpenedLine;
  readonly arrivals: Arrivals;
  readonly stop: () => void;
  counts: LineCounts | undefined;
}

const refreshMilliseconds = 500;
// The page ends the run; the server ends it later when the page has gone.
const graceSeconds = 30;

/** A run: it opens a line for each way, receives the events by all ways at once, and reads the counts. */
export class Experiment {
  state: 'idle' | 'starting' | 'running' | 'ended' = 'idle';
  isCut = false;
  isPaused = false;
  /** Whether the latest run was paused at any time. */
  wasPaused = false;
  /** The reason why the run ended early, or an empty text. */
  problem = '';
  elapsedMilliseconds = 0;
  /** The settings of the latest run. */
  settings: Settings | undefined;

  readonly #calls: LabCalls;
  readonly #lines: LineApi;
  readonly #ways: readonly NamedWay[];
  readonly #changed: () => void;
  #columns: Column[] = [];
  #server: Readonly<Record<string, ServerCounts>> | undefined;
  #run = '';
  #line: LineSettings = {};
  #startedAt = 0;
  #pausedAt = 0;
  #timer: ReturnType<typeof setInterval> | undefined;
  #isReading = false;
  #isCutting = false;

  constructor(calls: LabCalls, lines: LineApi, ways: readonly NamedWay[], changed: () => void) {
    [this.#calls, this.#lines, this.#ways, this.#changed] = [calls, lines, ways, changed];
  }

  /** The figures of each way, in the order of the ways. */
  get figures(): readonly Figures[] {
    return this.#ways.map((way) => {
      const column = this.#columns.find((candidate) => candidate.way === way);
      return figuresOf(column?.arrivals ?? new Arrivals(), column?.counts, this.#server?.[way.id]);
    });
  }

  async start(settings: Settings, host: string): Promise<void> {
    if (this.state === 'starting' || this.state === 'running') return;
    this.state = 'starting';
    this.settings = settings;
    this.problem = '';
    this.isCut = false;
    this.isPaused = false;
    this.wasPaused = false;
    this.elapsedMilliseconds = 0;
    this.#columns = [];
    this.#server = undefined;
    this.#line = profiles.find(({ id }) => id === settings.line)?.settings ?? {};
    this.#changed();
    let lines: OpenedLine[] = [];
    try {
      lines = await this.#open();
      this.#run = await this.#calls.start({
        perSecond: Number(settings.rate),
        isRandom: settings.times === 'random',
        payloadBytes: Number(settings.payload),
        seconds: Number(settings.seconds) + graceSeconds,
      });
    } catch (error) {
      for (const { id } of lines) this.#lines.close(id);
      this.state = 'ended';
      this.problem = error instanceof Error ? error.message : String((error as { message?: unknown }).message);
      this.#changed();
      return;
    }
    this.#columns = this.#ways.map((way, index) => this.#column(way, lines[index] as OpenedLine, settings, host));
    this.state = 'running';
    this.#startedAt = performance.now();
    const duration = Number(settings.seconds) * 1000;
    this.#timer = setInterval(() => {
      if (this.isPaused) return;
      this.elapsedMilliseconds = Math.min(duration, performance.now() - this.#startedAt);
      if (this.elapsedMilliseconds >= duration) void this.stop();
      else void this.#read();
      this.#changed();
    }, refreshMilliseconds);
    this.#changed();
  }

  /** Reads the counts a last time and ends the run. */
  async stop(): Promise<void> {
    if (this.state !== 'running') return;
    clearInterval(this.#timer);
    await this.#read();
    this.#end('');
  }

  /** Cuts the lines of all ways, or restores them. */
  async cut(isCut: boolean): Promise<void> {
    if (this.state !== 'running' || this.#isCutting) return;
    this.#isCutting = true;
    const settings: LineSettings = isCut ? { state: 'cut' } : this.#line;
    await Promise.allSettled(this.#columns.map(({ line }) => this.#lines.change(line.id, settings)));
    this.#isCutting = false;
    this.isCut = isCut;
    this.#changed();
  }

  /** Pauses the run, or resumes it: meanwhile nothing is written, polled or sent by any way, and the clock stands. */
  pause(isPaused: boolean): void {
    if (this.state !== 'running' || this.isPaused === isPaused) return;
    const now = performance.now();
    if (isPaused) this.#pausedAt = now;
    else this.#startedAt += now - this.#pausedAt;
    this.isPaused = isPaused;
    this.wasPaused = true;
    this.#calls.pause(this.#run, isPaused);
    this.#changed();
  }

  /** Closes the lines when the page is left. */
  leave(): void {
    if (this.state === 'running') this.#end('');
  }

  async #open(): Promise<OpenedLine[]> {
    const opened = await Promise.allSettled(this.#ways.map(() => this.#lines.open(this.#line)));
    const refused = opened.find((result) => result.status === 'rejected');
    const lines = opened.flatMap((result) => result.status === 'fulfilled' ? [result.value] : []);
    if (!refused) return lines;
    for (const { id } of lines) this.#lines.close(id);
    throw refused.reason;
  }

  #column(way: NamedWay, line: OpenedLine, settings: Settings, host: string): Column {
    const arrivals = new Arrivals();
    const stop = way.start({
      origin: `http://${host}:${line.port}`,
      run: this.#run,
      pollMilliseconds: Number(settings.poll),
      isPaused: () => this.isPaused,
      take: (event) => arrivals.add(event.n, this.#calls.ageOf(event.at), JSON.stringify(event).length),
    });
    return { way, line, arrivals, stop, counts: undefined };
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    try {
      const [server, ...lines] = await Promise.all([
        this.#calls.counts(this.#run),
        ...this.#columns.map(({ line }) => this.#lines.counts(line.id)),
      ]);
      if (this.state !== 'running') return;
      if (server) this.#server = server;
      this.#columns.forEach((column, index) => {
        column.counts = lines[index] ?? column.counts;
      });
      if (!server) this.#end('The run has ended: another window of yours has started one, or the server was restarted. Run it again.');
    } catch {
      // The server does not answer; the pill shows it, and the next reading may succeed.
    } finally {
      this.#isReading = false;
      this.#changed();
    }
  }

  #end(problem: string): void {
    clearInterval(this.#timer);
    this.state = 'ended';
    this.problem = problem;
    for (const { stop, line } of this.#columns) {
      stop();
      this.#lines.close(line.id);
    }
    this.#calls.stop(this.#run);
    this.#changed();
  }
}
