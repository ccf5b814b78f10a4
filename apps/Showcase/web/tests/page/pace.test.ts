import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pace } from '../../src/page/pace';

describe('pace', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  it('runs the first call at once and the last one after the interval', () => {
    const run = vi.fn();
    const paced = pace(100, run);
    paced();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(30);
    paced();
    paced();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(200);
    expect(run).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('runs by itself in a steady flow of calls, without the timer', () => {
    const ranAt: number[] = [];
    const paced = pace(100, () => ranAt.push(performance.now()));
    const started = performance.now();
    for (let call = 0; call < 20; call++) {
      paced();
      vi.advanceTimersByTime(40);
    }
    expect(ranAt.map((at) => at - started)).toEqual([0, 120, 240, 360, 480, 600, 720]);
  });
});
