import type { Kind } from '../../connection/missed';
import { minuteText } from './clock';
import type { GoalEvent, Incident, MatchData, Pair, Phase, ScoreEntry } from './messages';

const goals: Kind = ['goal', 'goals'];
const cancelled: Kind = ['goal cancelled', 'goals cancelled'];
const reviews: Kind = ['review', 'reviews'];
const cards: Kind = ['card', 'cards'];
const substitutions: Kind = ['substitution', 'substitutions'];

const begun: Record<Phase, Kind> = {
  notStarted: 'not begun',
  firstHalf: 'kick-off',
  halfTime: 'half-time',
  secondHalf: 'second half began',
  extraTimeBreak: 'end of normal time',
  firstExtraHalf: 'extra time began',
  extraHalfTime: 'break of extra time',
  secondExtraHalf: 'second half of extra time began',
  shootOut: 'shoot-out began',
  fullTime: 'full time',
};

const titles: Record<Incident['type'], string> = {
  phase: '',
  stoppage: '',
  goal: 'Goal',
  ownGoal: 'Own goal',
  penalty: 'Goal from a penalty',
  missedPenalty: 'Penalty missed',
  yellow: 'Yellow card',
  secondYellow: 'Second yellow card',
  red: 'Red card',
  substitution: 'Substitution',
  shootOutGoal: 'Shoot-out: goal',
  shootOutMiss: 'Shoot-out: no goal',
};

/** Returns the kind of an entry for the sentence about what was missed; undefined for what is not worth a word. */
export function kindOf({ type, state, period, revision }: Incident): Kind | undefined {
  if (type === 'phase') return begun[period];
  if (state === 'cancelled') return cancelled;
  if (state === 'underReview') return reviews;
  if (revision > 0) return undefined;
  switch (type) {
    case 'goal':
    case 'ownGoal':
    case 'penalty':
      return goals;
    case 'yellow':
    case 'secondYellow':
    case 'red':
      return cards;
    case 'substitution':
      return substitutions;
    default:
      return undefined;
  }
}

export function titleOf(incident: Incident): string {
  if (incident.type === 'phase') return capital(begun[incident.period] as string);
  if (incident.type === 'stoppage') return `${incident.added ?? 0} min of stoppage time`;
  return titles[incident.type];
}

/** Returns the sentence about the standing of an incident; empty when it counts without a review. */
export function standingOf({ state, reason, revision }: Incident): string {
  if (state === 'underReview') return 'under review';
  if (state === 'cancelled') return reason === undefined ? 'cancelled' : `cancelled: ${reason}`;
  return revision > 0 ? 'confirmed by the review' : '';
}

export function nameOf(match: Pick<MatchData, 'home' | 'away'>, side: number | undefined, number: number | undefined): string {
  const team = side === 1 ? match.away : match.home;
  return team.players.find((player) => player.number === number)?.name ?? '';
}

/** Returns the sentence of a goal, a red card or a phase for toasts, titles and screen readers. */
export function newsOf({ home, away, score, incident, name }: Omit<GoalEvent, 'match'>): string {
  const result = `${home} ${scoreText(score)} ${away}`;
  if (incident.type === 'phase') return `${titleOf(incident)}: ${result}`;
  const standing = standingOf(incident);
  const who = name === undefined || name === '' ? '' : `, ${name}`;
  return `${titleOf(incident)}${standing === '' ? '' : ` ${standing}`}: ${result} (${minuteText(incident)}${who})`;
}

/** Returns the words with which a row of the list is marked after a goal or a red card. */
export function markOf({ home, away, last }: ScoreEntry): string {
  if (!last) return '';
  const { incident, name } = last;
  const scoring = incident.type === 'ownGoal' ? 1 - (incident.side ?? 0) : incident.side;
  const standing = standingOf(incident);
  const what = incident.type === 'red' || incident.type === 'secondYellow' ? 'Red card' : 'Goal';
  return `${what} ${scoring === 0 ? home : away}${standing === '' ? '' : `, ${standing}`} (${minuteText(incident)} ${name ?? ''})`;
}

export function scoreText([home, away]: Pair): string {
  return `${home}–${away}`;
}

/** Returns the score of a match with that of its shoot-out, or a dash before the kick-off. */
export function resultText({ phase, score, shootOut }: Pick<ScoreEntry, 'phase' | 'score' | 'shootOut'>): string {
  if (phase === 'notStarted') return '–';
  return shootOut ? `${scoreText(score)} (${scoreText(shootOut)})` : scoreText(score);
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
