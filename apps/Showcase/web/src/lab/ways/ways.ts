import { hub } from './hub';
import { longPoll } from './longPolling';
import { poll, pollClose } from './polling';
import { socket } from './socket';
import { sse } from './stream';
import type { Way } from './way';

export interface NamedWay {
  /** The name in the server's counts; the server does not count the hub. */
  readonly id: string;
  readonly title: string;
  /** The title where there is little space. */
  readonly short: string;
  readonly start: Way;
}

/** The six ways, in the order of the columns. */
export const ways: readonly NamedWay[] = [
  { id: 'pollClose', title: 'Polling, new connections', short: 'poll, new', start: pollClose },
  { id: 'poll', title: 'Polling, keep-alive', short: 'poll, kept', start: poll },
  { id: 'longPoll', title: 'Long polling', short: 'long poll', start: longPoll },
  { id: 'sse', title: 'Server-sent events', short: 'SSE', start: sse },
  { id: 'socket', title: 'WebSocket, bare', short: 'WebSocket', start: socket },
  { id: 'hub', title: 'WebSocket, hub', short: 'hub', start: hub },
];
