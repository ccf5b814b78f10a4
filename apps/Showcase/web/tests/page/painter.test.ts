import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Painter } from '../../src/page/painter';

describe('Painter', () => {
  let frames: (() => void)[] = [];
  let drawn: string[] = [];
  let painter = new Painter();
  const drawing = (name: string) => () => void drawn.push(name);
  const [book, price, tape] = [drawing('book'), drawing('price'), drawing('tape')];
  const frame = () => {
    const due = frames;
    frames = [];
    for (const run of due) run();
  };

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
    frames = [];
    drawn = [];
    painter = new Painter();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('draws in one frame what was marked several times', () => {
    painter.mark(book);
    painter.mark(price);
    painter.mark(book);
    expect(frames.length).toBe(1);
    frame();
    expect(drawn).toEqual(['book', 'price']);
    expect(painter.frames).toBe(1);
  });

  it('draws at once what is not urgent when the last frame is old', () => {
    painter.mark(tape, false);
    frame();
    vi.advanceTimersByTime(100);
    painter.mark(tape, false);
    frame();
    expect(drawn).toEqual(['tape', 'tape']);
  });

  it('draws what is not urgent 100 ms after the last frame', () => {
    painter.mark(price);
    frame();
    painter.mark(tape, false);
    vi.advanceTimersByTime(99);
    expect(frames).toEqual([]);
    vi.advanceTimersByTime(1);
    frame();
    expect(drawn).toEqual(['price', 'tape']);
  });

  it('draws with an urgent drawing everything that waits, and nothing afterwards', () => {
    painter.mark(price);
    frame();
    painter.mark(tape, false);
    vi.advanceTimersByTime(50);
    painter.mark(price);
    frame();
    expect(drawn).toEqual(['price', 'tape', 'price']);
    vi.advanceTimersByTime(1000);
    expect(frames).toEqual([]);
  });
});
