// Starts the showcase for a measurement of its server.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { build, fail } from './starting.mjs';

// What a measurement of one application goes without.
const alone = ['--market-rate', 'off', '--judge', 'off'];

// Returns the process when it listens. It ends with this one, and this one fails when it ends.
export async function startShowcase({ port, server: file }, settings = alone) {
  if (file && !existsSync(file)) fail(`--server: there is no file ${file}.`);
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
  if (!file) build(join(root, 'apps', 'Showcase'));
  const program = file || join(root, 'artifacts', 'bin', 'Showcase', 'release', 'Showcase');
  const data = mkdtempSync(join(tmpdir(), 'duplex-showcase-'));
  const server = spawn(program, ['--port', `${port}`, '--data', data, ...settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.on('exit', () => {
    server.kill('SIGKILL');
    rmSync(data, { recursive: true, force: true });
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
  server.on('exit', () => fail('The showcase ended.'));
  for await (const line of createInterface(server.stdout)) if (line.includes('http')) break;
  return server;
}

/** Returns the processor time of a process in milliseconds: fields 14 and 15 of its stat, in hundredths of a second. */
export function processorTime({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
