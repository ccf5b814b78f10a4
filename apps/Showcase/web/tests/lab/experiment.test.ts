import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Experiment, type LabCalls } from '../../src/lab/experiment';
import { settingsFrom } from '../../src/lab/model/settings';
import type { Source } from '../../src/lab/ways/way';
import type { NamedWay } from '../../src/lab/ways/ways';
import { type LineApi, type LineCounts, LineRefusal } from '../../src/line/lineApi';
import type { LineSettings } from '../../src/line/profiles';

const settings = settingsFrom('?seconds=20');
const none = { sent: 0, delivered: 0, held: 0 };
const counts: LineCounts = { opened: 1, open: 1, refused: 0, up: none, down: { ...none, delivered: 500 } };

/** A server with lines and runs that records what is open. */
class FakeServer implements LineApi, LabCalls {
  readonly lines = new Map<string, LineSettings>();
  readonly runs = new Set<string>();
  maxLines = Number.POSITIVE_INFINITY;
  refusal = '';
  isPaused = false;
  #opened = 0;

  async open(line: LineSettings) {
    if (this.lines.size >= this.maxLines) throw new LineRefusal('You have 16 lines, which is the maximum.');
    const id = String(++this.#opened);
    this.lines.set(id, line);
    return { id, port: 40_000 + this.#opened };
  }

  async change(id: string, line: LineSettings) {
    this.lines.set(id, line);
    return counts;
  }

  async counts(id: string): Promise<never> {
    const ofRun = { first: { requests: 2, empty: 1, bodyUp: 0, bodyDown: 40, late: 0 } };
    return (this.runs.has(id) ? ofRun : this.lines.has(id) ? counts : undefined) as never;
  }

  close(id: string): void {
    this.lines.delete(id);
  }

  async start() {
    // The client rejects with a plain object.
    if (this.refusal !== '') throw { code: 429, message: this.refusal } as unknown as Error;
    this.runs.add('run');
    return 'run';
  }

  pause(_run: string, isPaused: boolean): void {
    this.isPaused = isPaused;
  }

  stop(run: string): void {
    this.runs.delete(run);
  }

  ageOf(serverTime: number): number {
    return 1000 - serverTime;
  }
}

describe('Experiment', () => {
  let server: FakeServer;
  let sources: Source[];
  let experiment: Experiment;
  let open: number;

  beforeEach(() => {
    vi.useFakeTimers();
    server = new FakeServer();
    sources = [];
    open = 0;
    const start = (source: Source) => {
      sources.push(source);
      open++;
      return () => open--;
    };
    const ways = ['first', 'hub'].map((id): NamedWay => ({ id, title: id, short: id, start }));
    experiment = new Experiment(server, server, ways, () => undefined);
  });

  afterEach(() => vi.useRealTimers());

  test('gives each way a line of its own and the same run', async () => {
    await experiment.start({ ...settings, line: '3g' }, 'localhost');
    expect(sources.map(({ origin, run }) => [origin, run])).toEqual([
      ['http://localhost:40001', 'run'], ['http://localhost:40002', 'run'],
    ]);
    expect([...server.lines.values()].map(({ delayMs }) => delayMs)).toEqual([50, 50]);
  });

  test('combines arrivals with the counts of the server and the lines', async () => {
    await experiment.start(settings, 'localhost');
    sources[1]?.take({ n: 1, at: 990, pad: '' });
    await vi.advanceTimersByTimeAsync(500);
    expect(experiment.figures[0]).toMatchObject({ events: 0, requests: 2, empty: 1, bodiesDown: 40, headsDown: 460 });
    expect(experiment.figures[1]).toMatchObject({ events: 1, p50: 10, requests: 1 });
  });

  test('ends by itself, stops the ways and closes the run and the lines', async () => {
    await experiment.start(settings, 'localhost');
    await vi.advanceTimersByTimeAsync(21_000);
    expect([experiment.state, experiment.problem, experiment.elapsedMilliseconds]).toEqual(['ended', '', 20_000]);
    expect([open, server.lines.size, server.runs.size]).toEqual([0, 0, 0]);
    expect(experiment.figures[0]?.requests).toBe(2);
  });

  test('cuts the lines and restores their profile', async () => {
    await experiment.start({ ...settings, line: 'modem' }, 'localhost');
    await experiment.cut(true);
    expect([...server.lines.values()]).toEqual([{ state: 'cut' }, { state: 'cut' }]);
    await experiment.cut(false);
    expect([...server.lines.values()].map(({ bytesPerSecond }) => bytesPerSecond)).toEqual([4000, 4000]);
  });

  test('pauses all ways together, and the clock with them', async () => {
    await experiment.start(settings, 'localhost');
    await vi.advanceTimersByTimeAsync(5000);
    experiment.pause(true);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([experiment.state, experiment.elapsedMilliseconds, server.isPaused]).toEqual(['running', 5000, true]);
    expect(sources.map(({ isPaused }) => isPaused())).toEqual([true, true]);
    experiment.pause(false);
    expect([server.isPaused, sources[0]?.isPaused()]).toEqual([false, false]);
    await vi.advanceTimersByTimeAsync(14_000);
    expect([experiment.state, experiment.elapsedMilliseconds]).toEqual(['running', 19_000]);
    await vi.advanceTimersByTimeAsync(1500);
    expect([experiment.state, experiment.wasPaused]).toEqual(['ended', true]);
  });

  test('keeps no line when the server refuses one of them', async () => {
    server.maxLines = 1;
    await experiment.start(settings, 'localhost');
    expect([experiment.state, experiment.problem, server.lines.size]).toEqual(['ended', 'You have 16 lines, which is the maximum.', 0]);
  });

  test('keeps no line when the server refuses the run', async () => {
    server.refusal = 'The laboratory has no place for another run.';
    await experiment.start(settings, 'localhost');
    expect([experiment.state, experiment.problem, server.lines.size]).toEqual(['ended', server.refusal, 0]);
  });

  test('ends when the server no longer has the run', async () => {
    await experiment.start(settings, 'localhost');
    server.runs.clear();
    await vi.advanceTimersByTimeAsync(500);
    expect(experiment.state).toBe('ended');
    expect(experiment.problem).toContain('another window');
    expect([open, server.lines.size]).toEqual([0, 0]);
  });

  test('runs again from nothing', async () => {
    await experiment.start(settings, 'localhost');
    sources[0]?.take({ n: 1, at: 990, pad: '' });
    await experiment.stop();
    expect(experiment.figures[0]?.events).toBe(1);
    await experiment.start(settings, 'localhost');
    expect([experiment.state, experiment.figures[0]?.events]).toEqual(['running', 0]);
  });
});
