import type { Phase } from './messages';

const minuteMilliseconds = 60_000;
const minutes: Partial<Record<Phase, readonly [from: number, to: number]>> = {
  firstHalf: [0, 45],
  secondHalf: [45, 90],
  firstExtraHalf: [90, 105],
  secondExtraHalf: [105, 120],
};
const words: Record<Phase, string> = {
  notStarted: 'not begun',
  firstHalf: '1st half',
  halfTime: 'half-time',
  secondHalf: '2nd half',
  extraTimeBreak: 'before extra time',
  firstExtraHalf: 'extra time, 1st half',
  extraHalfTime: 'extra time, break',
  secondExtraHalf: 'extra time, 2nd half',
  shootOut: 'shoot-out',
  fullTime: 'full time',
};

export const phaseWords = (phase: Phase): string => words[phase];

export interface Clock {
  readonly phase: Phase;
  readonly clockAt: number;
  readonly kickOff: number;
  readonly rate: number;
}

/**
 * Returns the clock of a match, such as "45+2'" or "half-time". Without a connection it stops at the end of its half,
 * because nothing is known of stoppage time.
 */
export function clockText({ phase, clockAt, kickOff, rate }: Clock, now: number, isConnected: boolean): string {
  if (phase === 'notStarted') return now < kickOff ? `in ${countdown(kickOff - now)}` : words.notStarted;
  const half = minutes[phase];
  if (!half) return words[phase];
  const [from, to] = half;
  const minute = from + Math.max(0, Math.floor((now - clockAt) * rate / minuteMilliseconds)) + 1;
  if (minute <= to) return `${minute}'`;
  return isConnected ? `${to}+${minute - to}'` : `${to}'`;
}

/** Returns the minute of an incident, such as "45+2'". */
export function minuteText({ minute, extra }: { minute: number; extra: number }): string {
  return extra > 0 ? `${minute}+${extra}'` : `${minute}'`;
}

export function isPlayed(phase: Phase): boolean {
  return minutes[phase] !== undefined || phase === 'shootOut';
}

function countdown(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
