import { describe, expect, test } from 'vitest';
import type { Figures } from '../../src/lab/model/figures';
import { reportOf } from '../../src/lab/model/report';
import { scenarios } from '../../src/lab/model/scenarios';
import { faultOf, queryOf, settingsFrom } from '../../src/lab/model/settings';
import { verdictOf } from '../../src/lab/model/verdict';

const figures: Figures = {
  events: 10, connections: 1, requests: 1, empty: 0, headsUp: 500, bodiesUp: 0, headsDown: 600, bodiesDown: 400,
  bytesPerEvent: 150, p50: 2, p95: 5, missed: 0, doubled: 0, late: 0,
};

type Some = Partial<Figures>;

function verdict(poll: Some, others: { longPoll?: Some; socket?: Some } = {}): string {
  return verdictOf({
    poll: { ...figures, ...poll },
    longPoll: { ...figures, ...others.longPoll },
    socket: { ...figures, ...others.socket },
    hub: figures,
  }).join('\n');
}

describe('The verdict', () => {
  test('names the cost of empty polls and prefers push', () => {
    const words = verdict({ bytesPerEvent: 1500, requests: 20, empty: 12, p50: 480, p95: 950 });
    expect(words).toContain('10 times the bytes of the hub (1,500 B per event by polling, 150 B by the hub); empty responses: 12 of 20');
    expect(words).toContain('at most 2 ms by the hub and 480 ms by polling');
    expect(words).toContain('push is the better choice');
  });

  test('prefers polling where a response carries many events', () => {
    const words = verdict({ bytesPerEvent: 60, events: 200, requests: 6, empty: 0, p95: 9500 });
    expect(words).toContain('a response carried 33.3 events');
    expect(words).toContain('polling is the better choice here if 9.5 s late is early enough');
  });

  test('prefers polling where changes are rare and polls are as rare', () => {
    expect(verdict({ bytesPerEvent: 500, requests: 6, empty: 2, p95: 9000 })).toContain('polling is the better choice');
  });

  test('credits long polling with its delay', () => {
    expect(verdict({}, { longPoll: { p50: 6, bytesPerEvent: 1200 } })).toContain('about as early (6 ms), for 8 times the bytes');
    expect(verdict({}, { longPoll: { p50: 400 } })).toContain('long polling took 400 ms');
  });

  test('names what the bare WebSocket has missed', () => {
    expect(verdict({}, { socket: { missed: 40 } })).toContain('The bare WebSocket missed 40 events');
    expect(verdict({})).toContain('No way missed an event');
  });

  test('is withheld after too few events', () => {
    expect(verdict({ events: 2 })).toMatch(/^Too few events/);
  });
});

describe('The report', () => {
  test('is a Markdown table with the settings, the verdict and the link', () => {
    const link = `http://localhost:8080/lab?${queryOf(settingsFrom(''))}`;
    const lines = reportOf([{ title: 'A' }, { title: 'B' }], settingsFrom(''), [figures, figures], ['Sentence.'], link).split('\n');
    expect(lines[0]).toBe('events: one in 2 s, times: random, payload: none, polling: each second, line: as it is, duration: 20 s');
    expect(lines.slice(2, 5)).toEqual(['|  | A | B |', '| --- | ---: | ---: |', '| Events | 10 | 10 |']);
    expect(lines.slice(-3)).toEqual(['- Sentence.', '', link]);
  });
});

test('Every scenario is within the limits of the server', () => {
  expect(scenarios.map(({ settings }) => faultOf(settings))).toEqual(scenarios.map(() => ''));
});
