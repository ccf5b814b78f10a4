#!/usr/bin/env node
// Compares Duplex with its peers: server on core 0, load generator on core 1, in turn, several rounds, medians.
//
//   bench/compare [--rounds 3] [--seconds 4] [--only echo,hub] [--servers uring,snw] [--out bench/results/NAME.md]
//
// Builds what is missing, prints progress, writes a table of figures and ratios with machine, versions and command.
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { cpus, release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
process.chdir(root);

const options = { rounds: '3', seconds: '4', only: '', servers: '', out: '' };
for (let i = 2; i < process.argv.length; i += 2) {
  const name = process.argv[i].replace(/^--/, '');
  if (!(name in options) || process.argv[i + 1] === undefined) {
    console.error(readFileSync(fileURLToPath(import.meta.url), 'utf8').split('\n').slice(1, 6).map((line) => line.slice(3)).join('\n'));
    process.exit(2);
  }
  options[name] = process.argv[i + 1];
}
const list = (text) => text.split(',').filter(Boolean);

const built = (project) => `artifacts/bin/${project}/release/${project}`;
const scratch = mkdtempSync(join(tmpdir(), 'duplex-bench-'));

const echoServer = (transport) => (port) => [built('EchoServer'), '--transport', transport, '--port', port];
const hubServer = (transport) => (port) => [built('HubServer'), '--transport', transport, '--port', port];
const servers = {
  uring: { label: 'Duplex, io_uring', command: echoServer('uring') },
  epoll: { label: 'Duplex, epoll', command: echoServer('epoll') },
  kestrel: { label: 'Duplex on Kestrel', command: echoServer('kestrel') },
  snw: { label: 'Kestrel + System.Net.WebSockets', command: echoServer('snw') },
  ws: { label: 'ws (Node)', command: (port) => ['node', 'bench/peers/node/ws.js', port] },
  libwebsockets: { label: 'libwebsockets', command: (port) => [libwebsockets(), port] },
  python: { label: 'websockets (Python)', command: (port) => ['/usr/bin/python3', 'bench/peers/python/websockets_peer.py', port] },
  'hub-uring': { label: 'Duplex hub, io_uring', command: hubServer('uring') },
  'hub-epoll': { label: 'Duplex hub, epoll', command: hubServer('epoll') },
  'hub-kestrel': { label: 'Duplex hub on Kestrel', command: hubServer('kestrel') },
  signalr: { label: 'SignalR', command: (port) => [built('SignalRPeer'), port] },
  socketio: { label: 'Socket.IO', command: (port) => ['node', 'bench/peers/node/socketio.js', port] },
  nchan: { label: 'Nchan (nginx)', command: (port) => ['nginx', '-p', scratch, '-c', nginx(port)] },
};

const raw = ['uring', 'epoll', 'kestrel', 'snw', 'ws', 'libwebsockets', 'python'];
const fanned = raw.filter((name) => name !== 'libwebsockets');
const hubs = { 'hub-uring': 'centrifuge', 'hub-epoll': 'centrifuge', 'hub-kestrel': 'centrifuge', signalr: 'signalr', socketio: 'socketio' };
const figure = 'messages_per_second';
const workloads = {
  echo: { title: 'echo, 100 x 32 B', servers: raw, arguments: ['echo'], figure },
  'echo-16': { title: 'echo, 100 x 32 B, 16 in flight', servers: raw, arguments: ['echo', '--depth', '16'], figure },
  'echo-64k': { title: 'echo, 20 x 64 KiB', servers: raw, arguments: ['echo', '--connections', '20', '--payload', '65536'], figure },
  fan: { title: 'fan-out, 1 to 500, 128 B', servers: [...fanned, 'nchan'], arguments: ['fan', '--connections', '500', '--payload', '128'], figure },
  storm: { title: 'connect storm', servers: raw, arguments: ['storm', '--connections', '4'], figure },
  idle: { title: 'memory per idle connection, 10,000', servers: raw, arguments: ['idle', '--connections', '10000'], figure: 'kib_per_connection', fresh: true },
  latency: { title: 'echo p99 at half of the baseline\'s top rate', servers: raw, arguments: () => ['latency', '--rate', String(baselineRate())], figure: 'p99_us' },
  hub: { title: 'hub fan-out, 1 to 500, 128 B', servers: Object.keys(hubs), arguments: (server) => ['hub', '--protocol', hubs[server], '--connections', '500', '--payload', '128'], figure },
  'hub-idle': { title: 'memory per idle client with one subscription, 10,000', servers: Object.keys(hubs), arguments: (server) => ['idle', '--protocol', hubs[server], '--connections', '10000'], figure: 'kib_per_connection', fresh: true },
};

function libwebsockets() {
  const binary = join(scratch, 'libwebsockets-echo');
  if (!existsSync(binary)) execFileSync('gcc', ['-O2', '-o', binary, 'bench/peers/libwebsockets/echo.c', '-lwebsockets']);
  return binary;
}

function nginx(port) {
  const file = join(scratch, `nginx-${port}.conf`);
  const modules = join(scratch, 'modules');
  if (!existsSync(modules)) {
    mkdirSync(modules);
    cpSync('/usr/lib/nginx/modules/ngx_nchan_module.so', join(modules, 'ngx_nchan_module.so'));
  }
  writeFileSync(file, readFileSync('bench/peers/nchan/nginx.conf', 'utf8').replaceAll('PORT', port).replaceAll('FOLDER', scratch));
  return file;
}

// bench/install puts these there; a peer that is missing is left out and said so.
function available(name) {
  if (name === 'libwebsockets') return existsSync('/usr/include/libwebsockets.h');
  if (name === 'nchan') return existsSync('/usr/lib/nginx/modules/ngx_nchan_module.so');
  return true;
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function start(name, port) {
  const command = servers[name].command(String(port));
  const child = spawn('taskset', ['-c', '0', ...command], { stdio: ['ignore', 'ignore', 'inherit'], cwd: root });
  for (let attempt = 0; attempt < 200; attempt++) {
    if (child.exitCode !== null) throw new Error(`${name} ended at start: ${command.join(' ')}`);
    const open = await new Promise((resolve) => {
      const probe = createConnection({ port, host: '127.0.0.1' }, () => { probe.destroy(); resolve(true); });
      probe.on('error', () => resolve(false));
    });
    if (open) return child;
    await sleep(50);
  }
  child.kill('SIGKILL');
  throw new Error(`${name} did not listen within 10 s`);
}

async function stop(child) {
  const ended = new Promise((resolve) => child.on('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await ended;
  clearTimeout(timer);
}

function load(parameters) {
  const output = execFileSync('taskset', ['-c', '1', built('LoadTool'), ...parameters], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 20 });
  return JSON.parse(output.trim().split('\n').at(-1));
}

const results = {}; // workload → server → figures of each round
const commands = {};
let nextPort = 29200;

function baselineRate() {
  const rates = results.echo?.snw?.map((run) => run[figure]);
  return rates ? Math.round(median(rates) / 2) : 30000;
}

async function measure(workload, server, round) {
  const { arguments: given, fresh } = workloads[workload];
  const parameters = [...(typeof given === 'function' ? given(server) : given)];
  const port = nextPort++;
  process.stderr.write(`round ${round}: ${workloads[workload].title}: ${servers[server].label} ... `);
  const child = await start(server, port);
  try {
    const common = ['--port', String(port), '--pid', String(child.pid)];
    commands[workload] = `LoadTool ${parameters.join(' ')}`;
    // Code that is compiled in tiers needs some seconds of work before it shows what it can do.
    if (!fresh) load([...parameters, ...common, '--seconds', '2', '--warmup', '1']);
    const run = load([...parameters, ...common, '--seconds', options.seconds, '--warmup', '1']);
    ((results[workload] ??= {})[server] ??= []).push(run);
    process.stderr.write(`${run[workloads[workload].figure].toLocaleString('en')}\n`);
  } catch (failure) {
    process.stderr.write(`failed: ${failure.message.split('\n')[0]}\n`);
  } finally {
    await stop(child);
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const short = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 10 ? 2 : 1));

function table(workload) {
  const { title, figure: name } = workloads[workload];
  const rows = Object.entries(results[workload] ?? {}).map(([server, runs]) => ({
    server,
    value: median(runs.map((run) => run[name])),
    user: median(runs.map((run) => run.user_us_per_message ?? NaN)),
    kernel: median(runs.map((run) => run.kernel_us_per_message ?? NaN)),
  }));
  const baseline = rows.find((row) => row.server === 'snw' || row.server === 'signalr')?.value;
  const lines = [`### ${title}`, '', `\`${commands[workload]}\``, '', `| server | ${name.replaceAll('_', ' ')} | of the baseline | user + kernel us per message |`, '|---|---|---|---|'];
  for (const row of rows) {
    const processor = Number.isNaN(row.user) ? '' : `${row.user.toFixed(2)} + ${row.kernel.toFixed(2)}`;
    lines.push(`| ${servers[row.server].label} | ${short(row.value)} | ${baseline ? (row.value / baseline).toFixed(2) : ''} | ${processor} |`);
  }
  return lines.join('\n');
}

function version(command, ...parameters) {
  try {
    return execFileSync(command, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim().split('\n')[0];
  } catch {
    return 'not installed';
  }
}

function report() {
  const peers = JSON.parse(readFileSync('bench/peers/node/package.json', 'utf8')).dependencies;
  return [
    `# Comparison of ${new Date().toISOString().slice(0, 10)}`,
    '',
    `Command: \`bench/compare ${process.argv.slice(2).join(' ')}\`. Medians of ${options.rounds} rounds of ${options.seconds} s; server on core 0, generator on core 1. The baseline is Kestrel + System.Net.WebSockets, and SignalR for hubs.`,
    '',
    `Machine: ${cpus().length} x ${cpus()[0].model}, Linux ${release()}. .NET ${version('dotnet', '--version')}, Node ${process.version}, ws ${peers.ws}, Socket.IO ${peers['socket.io']}. Commit ${version('git', 'rev-parse', '--short', 'HEAD')}.`,
    '',
    ...Object.keys(workloads).filter((name) => results[name]).flatMap((name) => [table(name), '']),
  ].join('\n');
}

for (const project of ['bench/LoadTool', 'bench/EchoServer', 'bench/HubServer', 'bench/peers/signalr'].filter((path) => existsSync(path))) {
  process.stderr.write(`building ${project} ...\n`);
  execFileSync('dotnet', ['build', project, '-c', 'Release', '-v', 'quiet', '--nologo'], { stdio: ['ignore', 'ignore', 'inherit'] });
}
if (!existsSync('bench/peers/node/node_modules')) execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd: 'bench/peers/node', stdio: ['ignore', 'ignore', 'inherit'] });

const chosenWorkloads = options.only ? list(options.only) : Object.keys(workloads);
for (let round = 1; round <= Number(options.rounds); round++) {
  for (const workload of chosenWorkloads) {
    for (const server of workloads[workload].servers) {
      if (options.servers && !list(options.servers).includes(server)) continue;
      if (!available(server)) continue;
      await measure(workload, server, round);
    }
  }
}

const text = report();
console.log(text);
if (options.out) {
  mkdirSync(dirname(options.out), { recursive: true });
  writeFileSync(options.out, text);
  console.error(`written to ${options.out}`);
}
