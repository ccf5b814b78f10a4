import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Announcer } from '../src/page/announcer';

describe('announcer', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const make = () => {
    const spoken: string[] = [];
    const announcer = new Announcer((count, last) => `${count}, last ${last}`, (text) => spoken.push(text));
    return { announcer, spoken };
  };

  test('announces the first message at once and summarizes those of the next four seconds', () => {
    const { announcer, spoken } = make();
    for (const text of ['a', 'b', 'c']) announcer.say(text);
    expect(spoken).toEqual(['a']);
    vi.advanceTimersByTime(4000);
    expect(spoken).toEqual(['a', '2, last c']);
  });

  test('announces a single later message unchanged, and nothing without a message', () => {
    const { announcer, spoken } = make();
    announcer.say('a');
    announcer.say('b');
    vi.advanceTimersByTime(20_000);
    expect(spoken).toEqual(['a', 'b']);
    announcer.say('c');
    expect(spoken).toEqual(['a', 'b', 'c']);
  });
});
