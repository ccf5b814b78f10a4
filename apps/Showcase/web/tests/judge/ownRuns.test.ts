import { describe, expect, it } from 'vitest';
import { OwnRuns, type RunNotice } from '../../src/judge/model/ownRuns';

const notice = (run: string, time: number, more: Partial<RunNotice> = {}): RunNotice =>
  ({ run, problem: 'a', samplesOnly: false, time, ...more });

describe('OwnRuns', () => {
  it('has the newest first, each once', () => {
    const runs = new OwnRuns();
    expect([notice('1', 1), notice('3', 3), notice('2', 2), notice('3', 3)].map((each) => runs.take(each)))
      .toEqual([true, true, true, false]);
    expect(runs.all.map(({ run }) => run)).toEqual(['3', '2', '1']);
  });

  it('names the newest run while it has no verdict', () => {
    const runs = new OwnRuns();
    runs.replace([notice('2', 2), notice('1', 1, { verdict: 'wrong' })]);
    expect(runs.open?.run).toBe('2');
    runs.take(notice('2', 2, { verdict: 'accepted' }));
    expect(runs.open).toBeUndefined();
    expect(runs.all[0]?.verdict).toBe('accepted');
  });

  it('keeps eight', () => {
    const runs = new OwnRuns();
    for (let time = 1; time <= 20; time++) runs.take(notice(String(time), time));
    expect(runs.all.map(({ run }) => run)).toEqual(['20', '19', '18', '17', '16', '15', '14', '13']);
  });
});
