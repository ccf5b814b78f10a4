import type { MatchState } from './fold';
import { type Incident, isReviewable, type MatchData, type ScoreEntry } from './messages';
import { nameOf } from './words';

/** Returns the list's entry of a match from the state and the log of its page, up to a time. */
export function entryOf(match: MatchData, state: MatchState, log: readonly Incident[], until: number): ScoreEntry {
  const last = log.findLast((entry) => entry.time <= until && (isReviewable(entry) || entry.type === 'secondYellow'));
  const { id, kind, competition, kickOff, rate, home, away } = match;
  const { score, shootOut, kicks, red, phase, clockAt } = state;
  return {
    id,
    kind,
    competition,
    home: home.name,
    away: away.name,
    kickOff,
    rate,
    score,
    ...(kicks[0] + kicks[1] > 0 ? { shootOut } : {}),
    red,
    phase,
    clockAt,
    time: log.findLast((entry) => entry.time <= until)?.time ?? kickOff,
    ...(last ? { last: { incident: last, name: nameOf(match, last.side, last.player) } } : {}),
  };
}
