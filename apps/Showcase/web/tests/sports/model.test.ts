import { describe, expect, it, test } from 'vitest';
import { clockText } from '../../src/sports/model/clock';
import { entryOf } from '../../src/sports/model/entry';
import { filterOf, isFavourite, parseFavourites, withFavourite } from '../../src/sports/model/favourites';
import { fold } from '../../src/sports/model/fold';
import { Held } from '../../src/sports/model/held';
import { Horizon } from '../../src/sports/model/horizon';
import { MatchLog } from '../../src/sports/model/matchLog';
import type { Incident, MatchData, Phase, ScoreEntry } from '../../src/sports/model/messages';
import { Replay } from '../../src/sports/model/replay';
import { Versions } from '../../src/sports/model/versions';
import { kindOf, markOf, newsOf } from '../../src/sports/model/words';

const team = (name: string) => ({
  name,
  players: Array.from({ length: 14 }, (_, index) => ({ number: index + 1, name: `${name} ${index + 1}` })),
});
const match: MatchData = {
  id: 'm1', kind: 'friendly', competition: 'Friendlies', kickOff: 0, rate: 1, home: team('Reds'), away: team('Blues'), note: '', canReport: false, log: [],
};

function incident(id: number, type: Incident['type'], more: Partial<Incident> = {}): Incident {
  return { id, type, period: 'firstHalf', minute: 1, extra: 0, state: 'active', revision: 0, time: id * 1000, ...more };
}

const kickOff = incident(1, 'phase', { time: 1000 });
const goal = incident(2, 'goal', { side: 0, player: 9, other: 10, time: 2000 });
const review: Incident = { ...goal, state: 'underReview', revision: 1, time: 3000 };
const cancelled: Incident = { ...goal, state: 'cancelled', revision: 2, reason: 'offside', time: 4000 };

describe('The fold of a log', () => {
  test.each([
    [1500, 'firstHalf', [0, 0]],
    [2000, 'firstHalf', [1, 0]],
    [3500, 'firstHalf', [1, 0]],
    [4000, 'firstHalf', [0, 0]],
    [500, 'notStarted', [0, 0]],
  ] as [number, Phase, number[]][])('at %i ms is %s %j', (until, phase, score) => {
    const state = fold(match, [kickOff, goal, review, cancelled], until);
    expect([state.phase, state.score]).toEqual([phase, score]);
  });

  it('keeps a cancelled goal in its place with the reason', () => {
    const later = incident(3, 'yellow', { side: 1, player: 4, minute: 5 });
    expect(fold(match, [kickOff, goal, later, cancelled]).incidents.map(({ id, state }) => `${id} ${state}`))
      .toEqual(['1 active', '2 cancelled', '3 active']);
  });

  it('orders 45+2 before 46', () => {
    const late = incident(2, 'goal', { side: 0, player: 9, minute: 45, extra: 2 });
    const half = incident(3, 'phase', { period: 'secondHalf', minute: 46 });
    const early = incident(4, 'goal', { side: 1, player: 9, period: 'secondHalf', minute: 46 });
    expect(fold(match, [kickOff, half, early, late]).incidents.map(({ id }) => id)).toEqual([1, 2, 3, 4]);
  });

  it('moves players by substitutions and red cards, and counts an own goal for the other team', () => {
    const state = fold(match, [
      kickOff,
      incident(2, 'substitution', { side: 0, player: 5, other: 12 }),
      incident(3, 'red', { side: 1, player: 6 }),
      incident(4, 'ownGoal', { side: 0, player: 7 }),
      incident(5, 'shootOutGoal', { side: 1, player: 7 }),
      incident(6, 'shootOutMiss', { side: 0, player: 7 }),
    ]);
    expect([state.onPitch[0].has(5), state.onPitch[0].has(12), state.bench[0].has(12), state.onPitch[1].has(6)])
      .toEqual([false, true, false, false]);
    expect([state.score, state.red, state.shootOut, state.kicks]).toEqual([[0, 1], [0, 1], [0, 1], [1, 1]]);
  });

  it('makes the entry of the list', () => {
    const log = [kickOff, goal, review];
    const entry = entryOf(match, fold(match, log), log, Infinity);
    expect([entry.score, entry.phase, entry.time, entry.last?.name]).toEqual([[1, 0], 'firstHalf', 3000, 'Reds 9']);
    expect(entryOf(match, fold(match, log, 2500), log, 2500).last?.incident).toBe(goal);
  });
});

test('A log takes each entry once and in order', () => {
  const log = new MatchLog();
  const [first, second, third] = [kickOff, goal, review].map((entry, index) => ({ seq: index + 1, incident: entry }));
  if (!first || !second || !third) throw new Error('There are three entries.');
  expect([log.add(first), log.add(third), log.lacksBefore(third)]).toEqual([true, false, true]);
  expect([log.add(second), log.add(second), log.lacksBefore(second)]).toEqual([true, false, false]);
  expect(log.entries).toEqual([kickOff, goal]);
});

test.each([
  ['firstHalf', 0, true, '1\''],
  ['firstHalf', 44.9, true, '45\''],
  ['firstHalf', 46.5, true, '45+2\''],
  ['firstHalf', 60, false, '45\''],
  ['secondHalf', 10, true, '56\''],
  ['secondExtraHalf', 16, true, '120+2\''],
  ['halfTime', 3, true, 'half-time'],
  ['shootOut', 3, true, 'shoot-out'],
  ['notStarted', -1.5, true, 'in 1:30'],
] as [Phase, number, boolean, string][])('The clock of %s after %f min (connected: %s) is %s', (phase, minutes, isConnected, text) => {
  expect(clockText({ phase, clockAt: 0, kickOff: 0, rate: 1 }, minutes * 60_000, isConnected)).toBe(text);
});

test('The clock runs at the speed of its match', () => {
  expect(clockText({ phase: 'firstHalf', clockAt: 0, kickOff: 0, rate: 12 }, 30_000, true)).toBe('7\'');
});

describe('A late picture', () => {
  const now = 100_000;
  const version = (time: number, score: [number, number], phase: Phase = 'firstHalf') => ({ time, score, phase } as unknown as ScoreEntry);

  it('shows the version of its time and none that is newer', () => {
    const versions = new Versions(version(50_000, [0, 0]));
    versions.take(version(90_000, [1, 0]));
    expect(versions.at(new Horizon(() => now, 20).limit)?.score).toEqual([0, 0]);
    expect(versions.at(new Horizon(() => now, 0).limit)?.score).toEqual([1, 0]);
    expect(new Versions(version(90_000, [1, 0])).at(80_000)).toBeUndefined();
    versions.forget(95_000);
    expect(versions.at(60_000)).toBeUndefined();
  });

  it('always shows a match that has not begun', () => {
    expect(new Versions(version(200_000, [0, 0], 'notStarted')).at(80_000)?.phase).toBe('notStarted');
  });

  it('is between 0 and 60 s late', () => {
    const chosen = [-5, 90, Number.NaN, 12.4];
    expect(chosen.map((seconds) => new Horizon(() => now, seconds).seconds)).toEqual([0, 60, 0, 12]);
  });

  it('holds items back until their time', () => {
    const held = new Held<string>();
    held.add(1, 'a');
    held.add(5, 'b');
    expect([held.take(3), held.take(3), held.take(5)]).toEqual([['a'], [], ['b']]);
  });
});

describe('Favourites', () => {
  it('become the filter of the server', () => {
    const favourites = withFavourite(withFavourite(parseFavourites(undefined), 'matches', 'm1', true), 'teams', 'Reds', true);
    expect(filterOf(favourites)).toEqual({
      op: 'or',
      nodes: [
        { key: 'match', cmp: 'in', vals: ['m1'] },
        { key: 'home', cmp: 'in', vals: ['Reds'] },
        { key: 'away', cmp: 'in', vals: ['Reds'] },
      ],
    });
    expect(isFavourite(favourites, { id: 'm2', home: 'Blues', away: 'Reds' })).toBe(true);
    expect(filterOf(withFavourite(withFavourite(favourites, 'matches', 'm1', false), 'teams', 'Reds', false))).toBeUndefined();
  });

  test.each(['nonsense', '[]', 'null', '{"matches":7,"teams":[1,"Reds"]}'])('survive %s in the storage', (text) => {
    expect(parseFavourites(text).matches).toEqual([]);
  });
});

describe('Words', () => {
  it('name what was missed', () => {
    expect([goal, review, cancelled, incident(3, 'secondYellow'), incident(4, 'stoppage'), incident(5, 'phase', { period: 'secondHalf' })].map(kindOf))
      .toEqual([['goal', 'goals'], ['review', 'reviews'], ['goal cancelled', 'goals cancelled'], ['card', 'cards'], undefined, 'second half began']);
  });

  it('report a goal, its cancellation and an own goal', () => {
    const news = { home: 'Reds', away: 'Blues', score: [0, 0] as const, name: 'Nine' };
    expect(newsOf({ ...news, incident: cancelled })).toBe('Goal cancelled: offside: Reds 0–0 Blues (1\', Nine)');
    const { score, ...rest } = entryOf(match, fold(match, [kickOff, goal]), [kickOff, goal], Infinity);
    expect(markOf({ ...rest, score })).toBe('Goal Reds (1\' Reds 9)');
    const own = incident(2, 'ownGoal', { side: 0, player: 3 });
    expect(markOf({ ...rest, score, last: { incident: own, name: 'Reds 3' } })).toBe('Goal Blues (1\' Reds 3)');
  });
});

test('A replay plays a log at a multiple of a real match, also one that was made faster', () => {
  const replay = new Replay(1000, 1000 + 600_000, 12);
  replay.setSpeed(60, 0);
  replay.play(0, true);
  expect([replay.limit(0), replay.limit(12_000), replay.played(1e9)]).toEqual([1000, 61_000, 7_200_000]);
  replay.play(12_000, false);
  expect(replay.limit(50_000)).toBe(61_000);
  replay.setSpeed(1, 50_000);
  replay.play(50_000, true);
  expect(replay.limit(62_000)).toBe(62_000);
});
