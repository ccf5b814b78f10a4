import type { Incident, MatchData, Phase, Side, Team } from './messages';

const starters = 11;
const periods: readonly Phase[] = [
  'notStarted', 'firstHalf', 'halfTime', 'secondHalf', 'extraTimeBreak', 'firstExtraHalf', 'extraHalfTime',
  'secondExtraHalf', 'shootOut', 'fullTime',
];

/** The state of a match, derived from its incidents as the server derives it. */
export interface MatchState {
  phase: Phase;
  /** The time at which the phase began. */
  clockAt: number;
  score: [number, number];
  shootOut: [number, number];
  kicks: [number, number];
  red: [number, number];
  /** The shirt numbers on the pitch and on the bench, by side. */
  onPitch: [Set<number>, Set<number>];
  bench: [Set<number>, Set<number>];
  /** Every incident in its latest revision, in the order of the match. */
  incidents: readonly Incident[];
}

/** Returns the state after the entries of a log that are not later than a time. */
export function fold(
  { home, away }: Pick<MatchData, 'home' | 'away'>,
  log: readonly Incident[],
  until = Infinity,
): MatchState {
  const latest = new Map<number, Incident>();
  for (const entry of log) if (entry.time <= until) latest.set(entry.id, entry);
  const state: MatchState = {
    phase: 'notStarted',
    clockAt: 0,
    score: [0, 0],
    shootOut: [0, 0],
    kicks: [0, 0],
    red: [0, 0],
    onPitch: [numbers(home, 0, starters), numbers(away, 0, starters)],
    bench: [numbers(home, starters), numbers(away, starters)],
    incidents: [...latest.values()].sort(byMatchTime),
  };
  for (const incident of [...latest.values()].sort((one, other) => one.id - other.id)) apply(state, incident);
  return state;
}

function apply(state: MatchState, incident: Incident): void {
  if (incident.state === 'cancelled') return;
  const { type, side = 0, player = 0, other = 0, period, time } = incident;
  switch (type) {
    case 'phase':
      state.phase = period;
      state.clockAt = time;
      break;
    case 'goal':
    case 'penalty':
      state.score[side]++;
      break;
    case 'ownGoal':
      state.score[opposite(side)]++;
      break;
    case 'shootOutGoal':
      state.kicks[side]++;
      state.shootOut[side]++;
      break;
    case 'shootOutMiss':
      state.kicks[side]++;
      break;
    case 'secondYellow':
    case 'red':
      state.red[side]++;
      state.onPitch[side].delete(player);
      break;
    case 'substitution':
      state.onPitch[side].delete(player);
      state.onPitch[side].add(other);
      state.bench[side].delete(other);
      break;
  }
}

export function opposite(side: Side): Side {
  return side === 0 ? 1 : 0;
}

// 45+2 comes before 46, so minutes alone do not order incidents.
function byMatchTime(one: Incident, other: Incident): number {
  return periods.indexOf(one.period) - periods.indexOf(other.period)
    || one.minute - other.minute || one.extra - other.extra || one.id - other.id;
}

function numbers({ players }: Team, from: number, to?: number): Set<number> {
  return new Set(players.slice(from, to).map(({ number }) => number));
}
