import type { Message } from '../../conversation/message';

// The messages of docs/protocol/stage.md.

export interface Show {
  readonly id: string;
  readonly user: string;
  readonly name: string;
  readonly title: string;
  readonly slides: number;
  readonly deck: number;
}

export interface StageState {
  readonly show: Show | null;
  readonly slide: number;
  readonly at: number;
  readonly isLive: boolean;
}

export interface StageData {
  readonly state: StageState;
  readonly stages: readonly { stage: string; title: string }[];
  readonly votes: readonly number[];
}

export interface Poll {
  readonly id: number;
  readonly question: string;
  readonly options: readonly string[];
  readonly isOpen: boolean;
  readonly isShown: boolean;
  readonly total: number;
  readonly counts?: readonly number[];
}

export interface Mood {
  readonly viewers: number;
  readonly reactions: readonly number[];
}

/** What the speaker alone receives. */
export interface Audience {
  readonly counts: readonly number[] | null;
  readonly viewers: number;
  readonly watching: number;
  readonly median: number | null;
  readonly slowest: number | null;
  readonly slow: number;
}

export interface Hand {
  readonly user: string;
  readonly name: string;
}

export interface TalkData {
  readonly messages: Message[];
}

/** The kinds of reactions, in the order of their counts. */
export const reactions = ['👍', '👏', '😂', '😮', '❓'] as const;
export const reactionNames = ['Agree', 'Applause', 'Laughter', 'Surprise', 'Question'] as const;
