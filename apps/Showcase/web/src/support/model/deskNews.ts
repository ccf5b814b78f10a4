import type { SupportCase } from './supportCase';

/** What an agent is notified of. */
export interface DeskNews {
  title: string;
  text: string;
}

/** Returns what a changed case means for an agent who is not looking at the desk, or undefined for nothing. */
export function deskNews(known: SupportCase | undefined, arrived: SupportCase, me: string): DeskNews | undefined {
  const { state, agent, name, last, unread } = arrived;
  if (known !== undefined && known.revision >= arrived.revision) return undefined;
  if (state === 'waiting' && known?.state !== 'waiting') return { title: `${name} is waiting`, text: last };
  if (state !== 'taken' || agent !== me) return undefined;
  if (known?.state === 'taken' && known.agent !== me) return { title: `You have the case of ${name} now`, text: last };
  return known !== undefined && unread > known.unread ? { title: name, text: last } : undefined;
}
