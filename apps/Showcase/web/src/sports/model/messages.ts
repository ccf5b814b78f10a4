export type Phase = 'notStarted' | 'firstHalf' | 'halfTime' | 'secondHalf' | 'extraTimeBreak' | 'firstExtraHalf'
  | 'extraHalfTime' | 'secondExtraHalf' | 'shootOut' | 'fullTime';

export type IncidentType = 'phase' | 'stoppage' | 'goal' | 'ownGoal' | 'penalty' | 'missedPenalty' | 'yellow'
  | 'secondYellow' | 'red' | 'substitution' | 'shootOutGoal' | 'shootOutMiss';

export type Side = 0 | 1;

/** A revision of an incident: an entry of a match's log. */
export interface Incident {
  readonly id: number;
  readonly type: IncidentType;
  readonly side?: Side;
  /** The shirt number; of a substitution, of the player who leaves. */
  readonly player?: number;
  /** The shirt number of the assist, or of the player who enters. */
  readonly other?: number;
  readonly period: Phase;
  readonly minute: number;
  readonly extra: number;
  readonly added?: number;
  readonly state: 'active' | 'underReview' | 'cancelled';
  readonly revision: number;
  readonly reason?: string;
  readonly time: number;
}

export interface MatchEvent {
  readonly seq: number;
  readonly incident: Incident;
}

export interface Player {
  readonly number: number;
  readonly name: string;
}

export interface Team {
  readonly name: string;
  /** The squad; the first eleven begin the match. */
  readonly players: readonly Player[];
}

type MatchKind = 'simulated' | 'replay' | 'friendly';

/** The data of a match's channel. */
export interface MatchData {
  readonly id: string;
  readonly kind: MatchKind;
  readonly competition: string;
  readonly kickOff: number;
  /** The speed of the match's clock. */
  readonly rate: number;
  readonly home: Team;
  readonly away: Team;
  readonly note: string;
  readonly canReport: boolean;
  readonly log: readonly Incident[];
}

export type Pair = readonly [number, number];

/** An entry of the list of matches. */
export interface ScoreEntry {
  readonly id: string;
  readonly kind: MatchKind;
  readonly competition: string;
  readonly home: string;
  readonly away: string;
  readonly kickOff: number;
  readonly rate: number;
  readonly score: Pair;
  readonly shootOut?: Pair;
  readonly red: Pair;
  readonly phase: Phase;
  readonly clockAt: number;
  readonly time: number;
  readonly last?: { readonly incident: Incident; readonly name?: string };
}

export interface GoalEvent {
  readonly match: string;
  readonly home: string;
  readonly away: string;
  readonly score: Pair;
  readonly incident: Incident;
  readonly name?: string;
}

export interface Stats {
  readonly possession: Pair;
  readonly shots: Pair;
  readonly onTarget: Pair;
  readonly corners: Pair;
  readonly fouls: Pair;
  /** The pressure of each minute from -100 (all of it by the away team) to 100. */
  readonly pressure: readonly number[];
}

/** The goals that a video review may concern, and red cards. */
export const isReviewable = ({ type }: Incident): boolean =>
  type === 'goal' || type === 'ownGoal' || type === 'penalty' || type === 'red';
