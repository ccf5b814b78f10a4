import type { Figures } from './figures';

/** The figures of the ways that a verdict compares, by the id of the way. */
export type FiguresByWay = Readonly<Record<string, Figures | undefined>>;

const fewestEvents = 10;
// Below the first ratio of bytes two costs are equal. Up to the second, polling without many empty responses is sound.
const equalRatio = 1.5;
const soundRatio = 4;
const soundEmptyShare = 0.5;
const equalMilliseconds = 50;

/** Returns what a run has shown, as sentences with its figures. The last one recommends polling or push. */
export function verdictOf({ poll, longPoll, hub, socket }: FiguresByWay): readonly string[] {
  if (!poll || !longPoll || !hub || !socket || Math.min(poll.events, hub.events) < fewestEvents)
    return ['Too few events for a verdict: run it longer or with more events.'];
  return [costs(poll, hub), delays(poll, longPoll, hub), losses(socket, hub), choice(poll, hub)];
}

function costs(poll: Figures, hub: Figures): string {
  const ratio = ratioOf(poll, hub);
  const values = `${bytes(poll)} per event by polling, ${bytes(hub)} by the hub`;
  if (ratio <= 1 / equalRatio) return `Polling took fewer bytes (${values}): a response carried ${eventsPerResponse(poll)} events.`;
  if (ratio < equalRatio) return `Polling and the hub took about the same bytes (${values}).`;
  const empty = `empty responses: ${poll.empty ?? 0} of ${poll.requests ?? 0}`;
  return `Polling on keep-alive took ${times(ratio)} the bytes of the hub (${values}); ${empty}.`;
}

function delays(poll: Figures, longPoll: Figures, hub: Figures): string {
  const [pushed, waited] = [hub.p50 ?? 0, longPoll.p50 ?? 0];
  const first = `Half of the events took at most ${duration(pushed)} by the hub and ${duration(poll.p50 ?? 0)} by polling`;
  return waited <= pushed + equalMilliseconds
    ? `${first}. Long polling was about as early (${duration(waited)}), for ${times(ratioOf(longPoll, hub))} the bytes of the hub.`
    : `${first}; long polling took ${duration(waited)}, because a new request has to follow each response.`;
}

function losses(socket: Figures, hub: Figures): string {
  if (socket.missed > 0 && hub.missed === 0)
    return `The bare WebSocket missed ${socket.missed.toLocaleString('en')} events during an interruption. The hub recovered them, and the ways over HTTP asked again.`;
  return socket.missed === 0
    ? 'No way missed an event. Cut the lines during a run: a bare WebSocket then loses what passes meanwhile.'
    : `The bare WebSocket missed ${socket.missed.toLocaleString('en')} events, the hub ${hub.missed.toLocaleString('en')}.`;
}

function choice(poll: Figures, hub: Figures): string {
  const ratio = ratioOf(poll, hub);
  const emptyShare = (poll.empty ?? 0) / Math.max(1, poll.requests ?? 0);
  const isSound = ratio < equalRatio || (ratio <= soundRatio && emptyShare <= soundEmptyShare);
  return isSound
    ? `Verdict: polling is the better choice here if ${duration(poll.p95 ?? 0)} late is early enough: caches and proxies understand it, and the server keeps no connections.`
    : 'Verdict: push is the better choice here. Polling less often would save bytes and add delay; polling more often the reverse.';
}

function ratioOf(one: Figures, other: Figures): number {
  return (one.bytesPerEvent ?? 0) / Math.max(1, other.bytesPerEvent ?? 0);
}

function eventsPerResponse({ events, requests, empty }: Figures): string {
  return (events / Math.max(1, (requests ?? 0) - (empty ?? 0))).toLocaleString('en', { maximumFractionDigits: 1 });
}

function times(ratio: number): string {
  return `${ratio.toLocaleString('en', { maximumFractionDigits: 1 })} times`;
}

function bytes({ bytesPerEvent }: Figures): string {
  return `${Math.round(bytesPerEvent ?? 0).toLocaleString('en')} B`;
}

function duration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.round(milliseconds)} ms`
    : `${(milliseconds / 1000).toLocaleString('en', { maximumFractionDigits: 1 })} s`;
}
