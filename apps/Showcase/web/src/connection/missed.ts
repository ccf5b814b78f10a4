import type { Subscription } from 'centrifuge';
import type { Connection } from './connection';

/** A kind of event in the singular and the plural, such as `['goal', 'goals']`; a single text is not counted. */
export type Kind = readonly [one: string, many: string] | string;

const secondMilliseconds = 1000;

/** Reports in one sentence what a subscription recovered: "While you were away (2:40): 1 goal, 2 cards." */
export function reportMissed(
  connection: Connection,
  subscription: Subscription,
  kindOf: (data: unknown) => Kind | undefined,
  report: (words: string) => void,
): void {
  let counts: Map<Kind, number> | undefined;
  subscription.on('subscribed', ({ wasRecovering, recovered }) => {
    if (!wasRecovering || !recovered) return;
    const counting = counts = new Map<Kind, number>();
    // The client emits the recovered publications before this turn of the event loop ends.
    queueMicrotask(() => {
      counts = undefined;
      const words = missedWords(connection.awayMilliseconds, counting);
      if (words !== '') report(words);
    });
  });
  subscription.on('publication', ({ data }) => {
    const kind = counts && kindOf(data);
    if (kind) counts?.set(kind, (counts.get(kind) ?? 0) + 1);
  });
}

/** Returns the sentence, or an empty text when nothing was missed. */
export function missedWords(awayMilliseconds: number, counts: ReadonlyMap<Kind, number>): string {
  const list = [...counts].map(([kind, count]) =>
    typeof kind === 'string' ? kind : `${count} ${kind[count === 1 ? 0 : 1]}`);
  if (list.length === 0) return '';
  const seconds = Math.max(1, Math.round(awayMilliseconds / secondMilliseconds));
  return `While you were away (${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}): ${list.join(', ')}.`;
}
