import type { Connection } from '../connection/connection';
import { toast } from './toasts';

// Most interruptions are over before that.
const patienceMilliseconds = 2000;

/** Shows what to do next while an open page has lost its server for more than a moment. */
export function adviseWhileAway(connection: Connection): void {
  let wasOpen = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let close: (() => void) | undefined;
  connection.onChange(() => {
    if (connection.state === 'connected') {
      wasOpen = true;
      clearTimeout(timer);
      close?.();
      timer = close = undefined;
    } else if (wasOpen) {
      timer ??= setTimeout(() => {
        close = toast(adviceFor(connection), { kind: 'warn', subject: 'away', isLasting: true });
      }, patienceMilliseconds);
    }
  });
}

/** Returns the sentence for a connection that is not open. */
export function adviceFor({ state, refusal, line }: Pick<Connection, 'state' | 'refusal' | 'line'>): string {
  if (line.profile.settings?.state === 'cut') return 'The line of this page is cut. Choose “as it is” under “wire” to reconnect.';
  if (state === 'closed') return 'This page is disconnected. Press “disconnected” above to reconnect.';
  if (state === 'offline') return 'There is no network. This page reconnects by itself.';
  if (refusal !== '') return `${refusal.replace(/\.$/, '')}. This page reconnects by itself.`;
  return 'The server does not respond. If it has stopped, start it with ./run: this page reconnects by itself.';
}
