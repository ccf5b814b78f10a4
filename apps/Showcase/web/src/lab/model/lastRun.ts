import { forget, remember, remembered } from '../../page/settings';
import type { NamedWay } from '../ways/ways';
import { type Figures, rows } from './figures';

const setting = 'lab-last-run';
const titles = ['Requests', 'Bytes per event', 'Delay p50, ms', 'Missed events'];

/** The main figures of a run as a table of words: a head, and a row for each way. */
export type Summary = readonly (readonly string[])[];

/** Returns the main figures of a run. */
export function summaryOf(ways: readonly Pick<NamedWay, 'short'>[], figures: readonly Figures[]): Summary {
  const chosen = rows.filter(({ title }) => titles.includes(title));
  return [
    ['', ...chosen.map(({ title }) => title)],
    ...figures.map((figure, index) => [ways[index]?.short ?? '', ...chosen.map(({ words }) => words(figure))]),
  ];
}

/** Keeps the summary of the last run in this browser. */
export function keepLastRun(summary: Summary): void {
  remember(setting, JSON.stringify(summary));
}

/** Returns the summary of the last run in this browser. */
export function lastRun(): Summary | undefined {
  try {
    return JSON.parse(remembered(setting) ?? 'null') as Summary ?? undefined;
  } catch {
    forget(setting);
    return undefined;
  }
}
