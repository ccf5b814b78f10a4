import type { Connection } from '../connection/connection';

/** Returns the sentence for a connection that is not open. */
export function adviceFor({ state, refusal, line }: Pick<Connection, 'state' | 'refusal' | 'line'>): string {
  if (line.profile.settings?.state === 'cut') return 'The line of this page is cut. Choose “as it is” under “wire” to reconnect.';
  if (state === 'closed') return 'This page is disconnected. Press “disconnected” above to reconnect.';
  if (state === 'offline') return 'There is no network. This page reconnects by itself.';
  if (refusal !== '') return `${refusal.replace(/\.$/, '')}. This page reconnects by itself.`;
  return 'The server does not respond. If it has stopped, start it with ./run: this page reconnects by itself.';
}
