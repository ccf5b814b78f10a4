import type { Message, ReadMarker } from '../../conversation/message';
import type { Report } from './reports';

/** A visitor's conversation with the desk. */
export interface SupportCase {
  case: string;
  user: string;
  name: string;
  /** The path of the page on which the visitor asked. */
  page: string;
  opened: number;
  state: 'waiting' | 'taken' | 'closed';
  /** The time since which the visitor has waited. */
  since: number;
  agent?: string;
  agentName?: string;
  last: string;
  lastId: number;
  /** The number of the visitor's messages since an agent last read or wrote. */
  unread: number;
  rating?: number;
  /** The number of changes; of two states of a case, the one with the higher revision is newer. */
  revision: number;
}

export interface DeskState {
  agents: number;
  waiting: number;
  /** The average time in seconds that visitors waited lately. */
  wait?: number;
  hasKey: boolean;
}

export type CaseEvent
  = { type: 'message'; message: Message }
    | { type: 'case'; case: SupportCase }
    | ({ type: 'read' } & ReadMarker);

export interface CaseData {
  case: SupportCase;
  messages: Message[];
  reads: ReadMarker[];
}

/** The user id of what the desk itself writes. */
export const deskUser = 'showcase';

/** Returns the newer of two states of a case. */
export function newer(known: SupportCase | undefined, arrived: SupportCase): SupportCase {
  return known !== undefined && known.revision >= arrived.revision ? known : arrived;
}

/** Returns the cases in the order of the desk: those that wait first, each group by waiting time. */
export function queued(cases: Iterable<SupportCase>): SupportCase[] {
  return [...cases]
    .filter(({ state }) => state !== 'closed')
    .sort((left, right) => Number(left.state === 'taken') - Number(right.state === 'taken') || left.since - right.since);
}

/** Returns the case that a visitor's page shows: the chosen one, or the latest that is open, or the latest. */
export function shownCase(cases: Iterable<SupportCase>, chosen: string | undefined): SupportCase | undefined {
  const latest = [...cases].sort((left, right) => right.opened - left.opened);
  return latest.find(({ case: id }) => id === chosen) ?? latest.find(({ state }) => state !== 'closed') ?? latest[0];
}

/** Returns a time span such as "0:40", "12:05" or "1:02:03". */
export function spanWords(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (number: number) => String(number).padStart(2, '0');
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Returns the sentence about the desk for a visitor. */
export function deskWords(desk: DeskState | undefined): string {
  if (!desk) return '';
  if (desk.agents === 0) return 'Nobody is at the desk. An automatic helper answers, and an agent reads your question later.';
  const here = desk.agents === 1 ? 'One agent is at the desk.' : `${desk.agents} agents are at the desk.`;
  return desk.wait === undefined ? here : `${here} ${waitWords(desk)}`;
}

/** Returns the sentence about how long visitors wait. */
export function waitWords({ agents, wait }: DeskState): string {
  if (agents === 0) return 'An automatic helper answers within seconds.';
  return wait === undefined ? 'No agent has taken a question yet.' : `The usual wait is ${spanWords(wait * 1000)}.`;
}

/** Returns what a visitor's page reports to the agents, with the visitor's consent. */
export function contextWords(userAgent: string, roundTrip: number | undefined, reconnects: number): string {
  const delay = roundTrip === undefined ? 'round trip unknown' : `round trip ${Math.round(roundTrip)} ms`;
  return `${browserOf(userAgent)}, ${delay}, ${reconnects === 1 ? '1 reconnect' : `${reconnects} reconnects`}`;
}

/** Returns what the visitor's open pages report, in the words of the desk. */
export function reportWords(reports: readonly Report[]): string {
  return reports.map(({ page, context }) => `on ${page}: ${context}`).join(' · ');
}

/** Returns the name of a browser from its user agent string. */
export function browserOf(userAgent: string): string {
  const name = [['Edg/', 'Edge'], ['Firefox/', 'Firefox'], ['Chrome/', 'Chrome'], ['Safari/', 'Safari']] as const;
  const [sign, shown] = name.find(([part]) => userAgent.includes(part)) ?? ['', 'another browser'];
  const version = sign === '' ? '' : /^\d+/.exec(userAgent.split(sign)[1] ?? '')?.[0] ?? '';
  return version === '' ? shown : `${shown} ${version}`;
}
