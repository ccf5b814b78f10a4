import type { Connection } from '../connection/connection';
import { adviceFor } from './advice';
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
