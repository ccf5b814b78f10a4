import type { LineCounts } from '../../line/lineApi';
import type { Arrivals } from './arrivals';

/** The counts of the server for one way, which docs/protocol/lab.md describes. */
export interface ServerCounts {
  readonly requests: number;
  readonly empty: number;
  readonly bodyUp: number;
  readonly bodyDown: number;
  readonly late: number;
}

/** What one way has cost and brought. Without a count it is undefined. */
export interface Figures {
  readonly events: number;
  readonly connections: number | undefined;
  readonly requests: number | undefined;
  readonly empty: number | undefined;
  readonly headsUp: number | undefined;
  readonly bodiesUp: number | undefined;
  readonly headsDown: number | undefined;
  readonly bodiesDown: number | undefined;
  readonly bytesPerEvent: number | undefined;
  readonly p50: number | undefined;
  readonly p95: number | undefined;
  readonly missed: number;
  readonly doubled: number;
  readonly late: number;
}

/**
 * Combines what the page has received with the counts of the line and of the server. The server counts no bodies of the
 * hub: they are the events that have arrived, and each of its connections began with one request.
 */
export function figuresOf(arrivals: Arrivals, line: LineCounts | undefined, server: ServerCounts | undefined): Figures {
  const bodiesUp = line && (server?.bodyUp ?? 0);
  const bodiesDown = line && (server?.bodyDown ?? arrivals.bytes);
  const total = line && line.up.delivered + line.down.delivered;
  return {
    events: arrivals.events,
    connections: line?.opened,
    requests: server?.requests ?? line?.opened,
    empty: line && (server?.empty ?? 0),
    headsUp: heads(line?.up.delivered, bodiesUp),
    bodiesUp,
    headsDown: heads(line?.down.delivered, bodiesDown),
    bodiesDown,
    bytesPerEvent: total === undefined || arrivals.events === 0 ? undefined : total / arrivals.events,
    p50: arrivals.delay(0.5),
    p95: arrivals.delay(0.95),
    missed: arrivals.missed,
    doubled: arrivals.doubled,
    late: server?.late ?? 0,
  };
}

// The counts are not of the same moment: a body may be counted before the line has delivered it.
function heads(all: number | undefined, bodies: number | undefined): number | undefined {
  return all === undefined || bodies === undefined ? undefined : Math.max(0, all - bodies);
}

/** A row of the table. */
export interface Row {
  readonly title: string;
  readonly words: (figures: Figures) => string;
}

const opened: readonly Row[] = [
  { title: 'Connections', words: ({ connections }) => whole(connections) },
  { title: 'Requests', words: ({ requests }) => whole(requests) },
];

const transferred: readonly Row[] = [
  { title: 'Up: heads, B', words: ({ headsUp }) => whole(headsUp) },
  { title: 'Up: bodies, B', words: ({ bodiesUp }) => whole(bodiesUp) },
  { title: 'Down: heads, B', words: ({ headsDown }) => whole(headsDown) },
  { title: 'Down: bodies, B', words: ({ bodiesDown }) => whole(bodiesDown) },
];

/** The rows for events from the server. */
export const rows: readonly Row[] = [
  { title: 'Events', words: ({ events }) => whole(events) },
  ...opened,
  { title: 'Empty responses', words: ({ empty }) => whole(empty) },
  ...transferred,
  { title: 'Bytes per event', words: ({ bytesPerEvent }) => whole(bytesPerEvent) },
  { title: 'Delay p50, ms', words: ({ p50 }) => whole(p50) },
  { title: 'Delay p95, ms', words: ({ p95 }) => whole(p95) },
  { title: 'Missed events', words: ({ missed }) => whole(missed) },
  { title: 'Doubled events', words: ({ doubled }) => whole(doubled) },
];

/** The rows for messages to the server, of which those that were confirmed have arrived. */
export const sendingRows: readonly Row[] = [
  { title: 'Confirmed messages', words: ({ events }) => whole(events) },
  ...opened,
  ...transferred,
  { title: 'Bytes per message', words: ({ bytesPerEvent }) => whole(bytesPerEvent) },
  { title: 'Round trip p50, ms', words: ({ p50 }) => whole(p50) },
  { title: 'Round trip p95, ms', words: ({ p95 }) => whole(p95) },
  { title: 'Out of order', words: ({ late }) => whole(late) },
  { title: 'Not confirmed', words: ({ missed }) => whole(missed) },
];

const none = '–';

function whole(value: number | undefined): string {
  return value === undefined ? none : Math.round(value).toLocaleString('en');
}
