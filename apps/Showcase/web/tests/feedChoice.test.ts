import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FeedChoice, type FeedMode } from '../src/exchange/market/feedChoice';

/** A line with a round trip and a rate, on a clock of its own. */
class TestLine {
  roundTrip = 40;
  bytesPerSecond = 1_500_000;
  isRefusing = false;
  isHidden = false;
  /** The time of the clock that passes in a millisecond of the page's timers: more than one on a busy machine. */
  slowness = 1;
  /** Milliseconds by which the clock has jumped while the page ran nothing. */
  blocked = 0;
  blockPerReply = 0;
  readonly loads: number[] = [];
  readonly modes: FeedMode[] = [];
  readonly choice = new FeedChoice({
    ping: () => this.#reply(this.roundTrip),
    load: (candles) => {
      this.loads.push(candles);
      if (this.isRefusing) return Promise.reject(new Error('refused'));
      return this.#reply(this.roundTrip + (candles * 137 * 1000) / this.bytesPerSecond);
    },
    now: () => performance.now() * this.slowness + this.blocked,
    isHidden: () => this.isHidden,
  });

  constructor() {
    this.choice.onChange = (mode) => this.modes.push(mode);
  }

  /** Passes the delays of the messages of each interval on. */
  async check(...intervals: number[][]): Promise<void> {
    for (const delays of intervals) {
      await vi.advanceTimersByTimeAsync(500);
      for (const delay of delays) this.choice.arrived(delay);
      this.choice.check();
    }
  }

  #reply(milliseconds: number): Promise<void> {
    return new Promise((resolve) =>
      setTimeout(() => {
        this.blocked += this.blockPerReply;
        resolve();
      }, milliseconds / this.slowness),
    );
  }
}

describe('choice of the feed', () => {
  let line: TestLine;

  beforeEach(() => {
    vi.useFakeTimers();
    line = new TestLine();
  });

  afterEach(() => vi.useRealTimers());

  test.each([
    ['direct', 1, 1e9, 'full'],
    ['4G', 40, 1_500_000, 'full'],
    ['3G', 130, 200_000, 'full'],
    ['a far one', 280, 1_500_000, 'full'],
    ['modem', 200, 4000, 'partial'],
  ] as const)('%s has the feed that it carries', async (_, roundTrip, bytesPerSecond, mode) => {
    Object.assign(line, { roundTrip, bytesPerSecond });
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(5000);
    expect(line.modes).toEqual([mode]);
  });

  test('nothing is chosen before the trial', async () => {
    let chosen: FeedMode | undefined;
    void line.choice.chosen.then((mode) => {
      chosen = mode;
    });
    line.choice.connected();
    expect(line.choice.mode).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1000);
    expect(chosen).toBe('full');
  });

  test('a line that answers nothing has the partial feed soon', async () => {
    line.roundTrip = 60_000;
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(1000);
    expect(line.modes).toEqual(['partial']);
  });

  test('a full feed that falls behind becomes partial, and late messages among others do not change it', async () => {
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(1000);
    await line.check([1100], [1100, 50], [1100, 1200]);
    expect(line.modes).toEqual(['full']);
    await line.check([1300]);
    expect(line.modes).toEqual(['full', 'partial']);
  });

  test('a page that is busy does not make a fast line a slow one', async () => {
    line.blockPerReply = 900;
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(500);
    expect(line.modes).toEqual(['full']);
    for (let round = 0; round < 5; round++) {
      line.blocked += 1400;
      await line.check([1900, 1400, 900, 400]);
    }
    expect(line.modes).toEqual(['full']);
  });

  test('a page that is always busy does not take a modem for a fast line', async () => {
    Object.assign(line, { roundTrip: 200, bytesPerSecond: 4000, slowness: 10 });
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(5000);
    expect(line.modes).toEqual(['partial']);
  });

  test('a busy page on a slow line has the partial feed', async () => {
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(500);
    for (let round = 0; round < 2; round++) {
      line.blocked += 1400;
      await line.check([3900, 3400, 2900]);
    }
    expect(line.modes).toEqual(['full', 'partial']);
  });

  test('an interval without messages neither makes a line slow nor fast', async () => {
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(500);
    await line.check([1100], [], []);
    expect(line.modes).toEqual(['full']);
    await line.check([1100]);
    expect(line.modes).toEqual(['full', 'partial']);
  });

  test('a page that nobody looks at judges by its slow timers', async () => {
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(500);
    line.isHidden = true;
    line.blocked += 900;
    await line.check([1100, 1200]);
    line.blocked += 900;
    await line.check([1100, 1200]);
    expect(line.modes).toEqual(['full', 'partial']);
  });

  test('a line that has become fast has the full feed again', async () => {
    Object.assign(line, { roundTrip: 200, bytesPerSecond: 4000 });
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(60_000);
    Object.assign(line, { roundTrip: 40, bytesPerSecond: 1_500_000 });
    await vi.advanceTimersByTimeAsync(11_000);
    expect(line.modes).toEqual(['partial', 'full']);
  });

  test('while it is slow the line is tried with little', async () => {
    Object.assign(line, { roundTrip: 200, bytesPerSecond: 4000 });
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(line.loads[0]).toBe(16);
    expect(new Set(line.loads.slice(1))).toEqual(new Set([8]));
    expect(line.loads.length).toBeLessThan(10);
  });

  test('a refused call is made again', async () => {
    line.isRefusing = true;
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(1000);
    expect(line.modes).toEqual(['partial']);
    line.isRefusing = false;
    await vi.advanceTimersByTimeAsync(5000);
    expect(line.modes).toEqual(['partial', 'full']);
  });

  test('the reply of a lost connection decides nothing for the next one', async () => {
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(10);
    line.choice.lost();
    await vi.advanceTimersByTimeAsync(5000);
    expect(line.modes).toEqual([]);
    Object.assign(line, { roundTrip: 200, bytesPerSecond: 4000 });
    line.choice.connected();
    await vi.advanceTimersByTimeAsync(5000);
    expect(line.modes).toEqual(['partial']);
  });
});
