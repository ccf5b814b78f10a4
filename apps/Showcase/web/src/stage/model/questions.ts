/** A question of the audience, as it is in the map of the stage. */
export interface Question {
  readonly user: string;
  readonly name: string;
  readonly text: string;
  readonly time: number;
  readonly clientId: string;
  readonly status: 'open' | 'answering' | 'answered';
  readonly votes: number;
}

const ranks = { answering: 0, open: 1, answered: 2 };

/** Returns the questions in the page's order: the one being answered, then by votes, and the answered ones last. */
export function ordered(questions: ReadonlyMap<string, Question>): [string, Question][] {
  return [...questions].sort(([, a], [, b]) =>
    ranks[a.status] - ranks[b.status] || b.votes - a.votes || a.time - b.time);
}
