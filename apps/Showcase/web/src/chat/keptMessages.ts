import { forget, remember, remembered, rememberedNames } from '../page/settings';
import type { Pending } from './model/message';

// Each message has an entry of its own, so that two windows of one browser do not overwrite each other's.
const prefix = 'outbox.';

/** Messages that wait to be sent, kept in this browser. What is found there may be anything. */
export const keptMessages = {
  load: (): Pending[] => rememberedNames(prefix).flatMap((name) => read(remembered(name))),
  keep: (pending: Pending): void => remember(prefix + pending.clientId, JSON.stringify(pending)),
  drop: (clientId: string): void => forget(prefix + clientId),
};

function read(text: string | undefined): Pending[] {
  try {
    const kept = JSON.parse(text ?? '') as Partial<Pending> | null;
    return kept?.room && kept.clientId && kept.text && kept.time ? [kept as Pending] : [];
  } catch {
    return [];
  }
}
