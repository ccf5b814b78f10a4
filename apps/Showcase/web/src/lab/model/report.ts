import type { NamedWay } from '../ways/ways';
import { type Figures, rows } from './figures';
import { knobs, type Settings } from './settings';

/** Returns a run as text: its settings, a Markdown table, the verdict and the link that repeats it. */
export function reportOf(
  ways: readonly Pick<NamedWay, 'title'>[],
  settings: Settings,
  figures: readonly Figures[],
  verdict: readonly string[],
  link: string,
): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const chosen = knobs.map(({ name, title, choices }) =>
    `${title.toLowerCase()}: ${choices.find(([value]) => value === settings[name])?.[1] ?? ''}`);
  return [
    chosen.join(', '),
    '',
    row(['', ...ways.map(({ title }) => title)]),
    row(['---', ...ways.map(() => '---:')]),
    ...rows.map(({ title, words }) => row([title, ...figures.map(words)])),
    '',
    ...verdict.map((sentence) => `- ${sentence}`),
    '',
    link,
  ].join('\n');
}
