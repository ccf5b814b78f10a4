import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const name = 'virtual:measured';
const repository = join(import.meta.dirname, '../../../..');
const folder = join(repository, 'bench/results');
const ours = 'Duplex, io_uring';
const baseline = 'Kestrel + System.Net.WebSockets';
const best = 4;

// Units of which less is better.
const costs = ['kib per connection', 'p99 us'];

/** A comparison of the engine with its baseline. */
export interface Comparison {
  work: string;
  unit: string;
  ours: string;
  baseline: string;
  /** How many times better. */
  factor: number;
}

/** Serves the best rows of the latest comparison in bench/results, and the number of conformance cases that pass. */
export const measured: Plugin = {
  name: 'measured',
  resolveId: (id) => id === name ? `\0${name}` : undefined,
  load(id) {
    if (id !== `\0${name}`) return undefined;
    const latest = readdirSync(folder).filter((file) => /^\d{4}-\d\d-\d\d\.md$/.test(file)).sort().at(-1);
    if (!latest) this.error('bench/results contains no comparison.');
    const file = join(folder, latest);
    this.addWatchFile(file);
    const all = comparisons(readFileSync(file, 'utf8'));
    if (all.length < best) this.error(`${latest} compares Duplex with ${baseline} in fewer than ${best} tables.`);
    const rows = [...all].sort((one, other) => other.factor - one.factor).slice(0, best);
    const [, conformance] = /<!-- conformance -->(\d+ of \d+)/.exec(readFileSync(join(repository, 'README.md'), 'utf8')) ?? [];
    if (!conformance) this.error('README.md does not state the conformance cases that pass.');
    return `export default ${JSON.stringify({ conformance, file: `bench/results/${latest}`, date: latest.slice(0, -3), baseline, of: all.length, rows })};`;
  },
};

/** Returns the comparisons of a file of results: a heading for each work, and a table with a row for each server. */
export function comparisons(text: string): Comparison[] {
  return text.split(/^### /m).slice(1).flatMap((section) => {
    const lines = section.split('\n');
    const rows = lines.filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
    const row = (server: string) => rows.find(([first]) => first === server);
    const [unit, mine, other] = [row('server')?.[1] ?? '', row(ours)?.[1], row(baseline)?.[1]];
    if (mine === undefined || other === undefined) return [];
    const ratio = Number(mine.replaceAll(',', '')) / Number(other.replaceAll(',', ''));
    return [{ work: lines[0] ?? '', unit, ours: mine, baseline: other, factor: costs.includes(unit) ? 1 / ratio : ratio }];
  });
}
