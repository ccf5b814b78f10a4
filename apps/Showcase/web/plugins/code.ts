import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

const prefix = 'code:';
const folder = join(import.meta.dirname, '../..');

/** Serves `code:Chat/ChatEndpoints.cs#typing:{room}`: the statement that maps a channel, as it stands in its file. */
export const code: Plugin = {
  name: 'code',
  resolveId: (id) => id.startsWith(prefix) ? `\0${id}` : undefined,
  load(id) {
    if (!id.startsWith(`\0${prefix}`)) return undefined;
    const [path = '', channel = ''] = id.slice(prefix.length + 1).split('#');
    const file = join(folder, path);
    this.addWatchFile(file);
    const source = readFileSync(file, 'utf8');
    const text = statementOf(source, `hub.MapChannel("${channel}")`) ?? statementOf(source, `hub.MapSharedPoll("${channel}"`);
    if (text === undefined) this.error(`${path} does not map the channel ${channel}.`);
    return `export default ${JSON.stringify({ file: `apps/Showcase/${path}`, text })};`;
  },
};

/** Returns the statement that begins with a text, without the indentation of its first line. */
export function statementOf(source: string, start: string): string | undefined {
  const lines = source.split('\n');
  const from = lines.findIndex((line) => line.trimStart().startsWith(start));
  if (from < 0) return undefined;
  let length = 1;
  while (!isComplete(lines.slice(from, from + length))) if (++length > lines.length - from) return undefined;
  const indent = /^ */.exec(lines[from] ?? '')?.[0].length ?? 0;
  return lines.slice(from, from + length).map((line) => line.slice(indent)).join('\n');
}

function isComplete(lines: readonly string[]): boolean {
  const text = lines.join('');
  return text.endsWith(');') && text.split('(').length === text.split(')').length;
}
