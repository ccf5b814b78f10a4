import { forget, remember, remembered, rememberedNames } from '../page/settings';
import type { Pending } from './message';

/** An application's pending messages in this browser. Stored entries are validated, because they may be malformed. */
// Each message has its own entry, so two windows of a browser do not overwrite each other's messages.
export function keptMessages(prefix: string) {
  return {
    load: (): Pending[] => rememberedNames(prefix).flatMap((name) => read(remembered(name))),
    keep: (pending: Pending): void => remember(prefix + pending.clientId, JSON.stringify(pending)),
    drop: (clientId: string): void => forget(prefix + clientId),
  };
}

function read(text: string | undefined): Pending[] {
  try {
    const kept = JSON.parse(text ?? '') as Partial<Pending> | null;
    return kept?.room && kept.clientId && kept.text && kept.time ? [kept as Pending] : [];
  } catch {
    return [];
  }
}
