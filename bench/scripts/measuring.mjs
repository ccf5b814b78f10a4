// A measurement runs a fresh server on core 0 and the generator on core 1.
import { execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { built, servers } from './servers.mjs';

const serverCore = '0';
const generatorCore = '1';
const firstPort = 29200;
let ports = 0;

export const nextPort = () => firstPort + ports++;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const listens = (port) => new Promise((resolve) => {
  const probe = createConnection({ port, host: '127.0.0.1' }, () => {
    probe.destroy();
    resolve(true);
  });
  probe.on('error', () => resolve(false));
});

export async function start(name, port, { options = [] } = {}, folder = '.') {
  // A program that already listens there would be measured instead of the server.
  if (await listens(port)) throw new Error(`port ${port} is in use`);
  const { command, cores } = servers[name];
  const child = spawn('taskset', ['-c', cores ?? serverCore, ...command(String(port)), ...options], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`${name} ended at start`);
    if (await listens(port)) return child;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`${name} did not listen within 10 s`);
}

export async function stop(child) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

// Applies a load to a server that start returned, and returns the figures that LoadTool printed.
export function load(name, child, port, parameters, seconds) {
  const cores = servers[name].cores ?? generatorCore;
  const all = [...parameters, '--port', String(port), '--pid', String(child.pid), '--warmup', '1', '--seconds', seconds];
  const output = execFileSync('taskset', ['-c', cores, built('LoadTool'), ...all], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  return JSON.parse(output.trim().split('\n').at(-1));
}

// Starts to record the processor time that the host of a virtual machine takes. The returned function gives its share so far.
export function watchHost() {
  // Ticks since the start of the machine; the eighth number is "steal" (proc_stat(5)).
  const read = () => readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).slice(1, 9).map(Number);
  const before = read();
  return () => {
    const ticks = read().map((value, i) => value - before[i]);
    return ticks[7] / ticks.reduce((sum, value) => sum + value, 0);
  };
}

// Returns the figures that LoadTool printed.
export async function measure(name, workload, parameters, seconds) {
  const port = nextPort();
  const child = await start(name, port, workload);
  try {
    // Code that is compiled in tiers needs some seconds of work before it reaches full speed.
    if (!workload.isFresh) load(name, child, port, parameters, workload.warmUpSeconds ?? '10');
    const hostShare = watchHost();
    return { ...load(name, child, port, parameters, seconds), host_share: hostShare() };
  } finally {
    await stop(child);
  }
}
