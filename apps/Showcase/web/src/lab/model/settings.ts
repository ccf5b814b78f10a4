/** A knob of the laboratory with the values to choose from. */
export interface Knob {
  readonly name: KnobName;
  readonly title: string;
  readonly choices: readonly (readonly [value: string, title: string])[];
  readonly initial: string;
}

export type KnobName = 'rate' | 'times' | 'payload' | 'poll' | 'line' | 'seconds';

/** The chosen values of all knobs. */
export type Settings = Readonly<Record<KnobName, string>>;

// The server writes at most this padding for each run.
const maxBytesPerSecond = 10_000;

export const knobs: readonly Knob[] = [
  {
    name: 'rate',
    title: 'Events',
    choices: [['0.1', 'one in 10 s'], ['0.5', 'one in 2 s'], ['2', '2 a second'], ['20', '20 a second']],
    initial: '0.5',
  },
  {
    name: 'times',
    title: 'Times',
    choices: [['random', 'random'], ['regular', 'regular']],
    initial: 'random',
  },
  {
    name: 'payload',
    title: 'Payload',
    choices: [['0', 'none'], ['100', '100 B'], ['500', '500 B'], ['4000', '4 kB']],
    initial: '0',
  },
  {
    name: 'poll',
    title: 'Polling',
    choices: [['500', 'each 0.5 s'], ['1000', 'each second'], ['5000', 'each 5 s'], ['10000', 'each 10 s']],
    initial: '1000',
  },
  {
    name: 'line',
    title: 'Line',
    choices: [['direct', 'as it is'], ['4g', '4G (40 ms)'], ['3g', '3G (100 ms)'], ['modem', 'modem (4 kB/s)']],
    initial: 'direct',
  },
  {
    name: 'seconds',
    title: 'Duration',
    choices: [['20', '20 s'], ['60', '1 minute'], ['300', '5 minutes']],
    initial: '20',
  },
];

/** Reads the settings from the query of the page's address. Unknown values have their default. */
export function settingsFrom(query: string): Settings {
  const values = new URLSearchParams(query);
  return Object.fromEntries(knobs.map(({ name, choices, initial }) => {
    const value = values.get(name);
    return [name, choices.some(([known]) => known === value) ? value : initial];
  })) as Settings;
}

/** Returns the query that `settingsFrom` reads. */
export function queryOf(settings: Settings): string {
  return new URLSearchParams(settings).toString();
}

/** Returns the reason why the server would refuse the settings, or an empty text. */
export function faultOf({ rate, payload }: Settings): string {
  return Number(rate) * Number(payload) > maxBytesPerSecond
    ? 'The server writes at most 10 kB a second: choose fewer or smaller events.'
    : '';
}
