import type { Connection } from '../connection/connection';
import { randomId } from '../page/randomId';
import { keptMessages } from './keptMessages';
import type { Message, Pending } from './message';
import { Outbox } from './outbox';

const resendMilliseconds = 1000;

/**
 * Creates an application's outbox, whose messages this browser keeps under a prefix. They are sent soon after a
 * reconnect, and retried after a rate limit.
 */
export function keptOutbox(
  prefix: string,
  connection: Pick<Connection, 'state'>,
  send: (pending: Pending) => Promise<Message>,
  delivered: (message: Message) => void,
  changed: () => void,
): Outbox {
  const outbox = new Outbox(
    {
      ...keptMessages(prefix),
      send,
      isConnected: () => connection.state === 'connected',
      now: () => Date.now(),
      makeId: () => randomId(),
    },
    delivered,
    changed,
  );
  setInterval(() => void outbox.flush(), resendMilliseconds);
  return outbox;
}
