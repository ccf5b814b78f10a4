import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const name = 'virtual:compared';
const file = join(import.meta.dirname, '../../../../docs/why-websockets.md');
const columns = ['Requests', 'Bytes per event', 'Delay p50, ms', 'Missed events'];
const shorts: Record<string, string> = {
  'Polling, new connections': 'poll, new',
  'Polling, keep-alive': 'poll, kept',
  'Long polling': 'long poll',
  'Server-sent events': 'SSE',
  'WebSocket, bare': 'WebSocket',
  'WebSocket, hub': 'hub',
};

/** Serves the documented run in which the lines were cut, as a table like that of a run in the browser. */
export const compared: Plugin = {
  name: 'compared',
  resolveId: (id) => id === name ? `\0${name}` : undefined,
  load(id) {
    if (id !== `\0${name}`) return undefined;
    this.addWatchFile(file);
    const table = interruptedRun(readFileSync(file, 'utf8'));
    if (!table) this.error('docs/why-websockets.md has no table of a run with missed events.');
    return `export default ${JSON.stringify(table)};`;
  },
};

/** Returns the main columns of the first table in which a way has missed events. */
export function interruptedRun(text: string): string[][] | undefined {
  for (const block of text.split('\n\n')) {
    const [head = [], , ...rows] = block.split('\n').filter((line) => line.startsWith('|')).map(cellsOf);
    const chosen = columns.map((title) => head.indexOf(title));
    if (chosen.includes(-1)) continue;
    const table = rows.map(([way = '', ...cells]) => [shorts[way] ?? way, ...chosen.map((index) => cells[index - 1] ?? '')]);
    if (table.some((row) => !['0', '–'].includes(row.at(-1) ?? ''))) return [['', ...columns], ...table];
  }
  return undefined;
}

function cellsOf(line: string): string[] {
  return line.split('|').slice(1, -1).map((cell) => cell.trim());
}
