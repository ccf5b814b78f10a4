import { describe, expect, it } from 'vitest';
import { Run, type Step } from '../../src/judge/model/run';
import { atOnce, backingOff, everySecond, PollingWatch } from '../../src/judge/model/watch';

const step = (n: number, state: Step['state'], more: Partial<Step> = {}): Step => ({ n, state, of: 12, ...more });

describe('Run', () => {
  it('takes each step once', () => {
    const run = new Run('a');
    expect([step(1, 'queued'), step(2, 'running'), step(2, 'running'), step(1, 'queued')].slice(0, 3).map((each) => run.add(each))).toEqual([true, true, false]);
    expect(run.steps.map(({ n }) => n)).toEqual([1, 2]);
  });

  it('begins again when the server does', () => {
    const run = new Run('a');
    for (const each of [step(1, 'queued'), step(2, 'running'), step(3, 'test', { test: 1 })]) run.add(each);
    expect(run.add(step(1, 'queued'))).toBe(true);
    expect(run.steps).toHaveLength(1);
  });

  it('says where it is', () => {
    const run = new Run('a');
    run.replace(3, [step(1, 'queued')]);
    expect(run.words).toBe('Place 3 in the queue.');
    run.add(step(2, 'running'));
    expect(run.place).toBe(0);
    run.add(step(3, 'done', { verdict: 'exception', message: 'no', line: 2, column: 5, test: 1 }));
    expect(run.words).toBe('no in line 2, column 5. Test 1 of 12.');
    expect(run.isDone).toBe(true);
  });
});

describe('PollingWatch', () => {
  it('learns the verdict at its next request and misses the steps between', async () => {
    let time = 0;
    const answers = [[1], [9], [15]];
    const watch = new PollingWatch('polling', () => {
      const steps = answers.shift() ?? [];
      return Promise.resolve({ steps, isDone: steps.includes(15), bodyBytes: 100 });
    }, everySecond, () => time);
    await watch.start(() => undefined, (milliseconds) => {
      time += milliseconds;
      return Promise.resolve();
    });
    expect([watch.requests, watch.bodyBytes, watch.learnedMilliseconds, watch.seen.size]).toEqual([3, 300, 3000, 3]);
  });

  it('asks for what follows the last step that it has seen', async () => {
    const asked: number[] = [];
    const watch = new PollingWatch('long', (after) => {
      asked.push(after);
      return Promise.resolve({ steps: [after + 1, after + 2], isDone: after >= 4, bodyBytes: 1 });
    }, atOnce);
    await watch.start(() => undefined);
    expect(asked).toEqual([0, 2, 4]);
  });

  it('backs off by half as much again', () => {
    expect([0, 1, 2].map(backingOff)).toEqual([1000, 1500, 2250]);
  });
});
