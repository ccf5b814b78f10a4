// bench/abuse attacks the showcase from one machine, measures an honest visitor, and writes a page about both.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createInterface } from 'node:readline';
import { build, fail, needTwoCores, prepareOutput, readOptions } from './starting.mjs';

const help = `Attacks the showcase from one address for minutes and measures an honest visitor of another address at the same time.

  bench/abuse [options]

Options (defaults)
  --seconds S        length of the attack (600)
  --warmup S         time before it with the honest visitor alone (10)
  --port N           of the showcase (29180)
  --p99 MS           bound for 99 of 100 calls of the honest visitor; 0 for none (100)
  --memory MIB       bound for the server's resident memory (400)
  --disk MIB         bound for the files of chat and judge (290)
  --stop MS          bound for the server's shutdown with the attacker's peers connected; 0 for none (5000)
  --server FILE      an existing build of the showcase (builds apps/Showcase)
  --pin yes|no       server on core 0, all other processes on core 1 (yes)
  --out FILE         file to which the page is also written, such as bench/results/abuse-NAME.md

Exit code 1 when a bound is exceeded, a call of the honest visitor fails, or the server writes a stack trace.`;

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const args = process.argv.slice(2);
const options = readOptions('bench/abuse', args, help, {
  seconds: 600, warmup: 10, port: 29180, p99: 100, memory: 400, disk: 290, stop: 5000, server: '', pin: 'yes', out: '',
});
const { seconds, warmup, port } = options;
if (!['yes', 'no'].includes(options.pin)) fail(`--pin is yes or no, not "${options.pin}". See bench/abuse --help.`, 2);
if (options.server && !existsSync(options.server)) fail(`--server: there is no file ${options.server}.`);
if (options.pin === 'yes') needTwoCores('bench/abuse');
prepareOutput(options.out);

// Limits of the showcase per address (docs/guides/showcase.md), plus the connections and account of the honest visitor.
const mostConnections = 200 + 10;
const mostAccounts = 100 + 1;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const children = new Set();
const data = mkdtempSync(join(tmpdir(), 'duplex-abuse-'));
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

function run(core, command, parameters, stdio) {
  const [file, ...rest] = options.pin === 'yes' ? ['taskset', '-c', core, command, ...parameters] : [command, ...parameters];
  const child = spawn(file, rest, { stdio });
  children.add(child);
  child.ended = new Promise((resolve) => child.on('exit', (code, signal) => {
    children.delete(child);
    resolve(code ?? signal);
  }));
  return child;
}

function script(name, parameters, onLine, niceness) {
  const file = join(root, 'bench', 'scripts', 'abuse', name);
  // The attacker shares the visitor's core and must not delay its clock. The IPC channel ends both when this process ends.
  const child = run('1', 'nice', ['-n', niceness, process.execPath, file, String(port), ...parameters], ['ignore', 'pipe', 'inherit', 'ipc']);
  createInterface({ input: child.stdout }).on('line', (line) => onLine(JSON.parse(line)));
  return child;
}

async function kill(child) {
  child.kill('SIGKILL');
  await child.ended;
}

if (!options.server) {
  build(join(root, 'apps/Showcase'));
}
const binary = options.server || join(root, 'artifacts/bin/Showcase/release/Showcase');
const server = run('0', binary, ['--port', String(port), '--data', data, '--contentRoot', join(root, 'apps', 'Showcase')], ['ignore', 'pipe', 'pipe']);
let said = '';
server.stderr.on('data', (text) => (said += text));
server.stdout.on('data', (text) => (said += text));
const address = `http://127.0.0.1:${port}`;
for (let attempt = 0; !(await fetch(`${address}/health`).catch(() => undefined))?.ok; attempt++) {
  if (server.exitCode !== null || attempt > 300) {
    console.error(`The showcase did not start: ${said}`);
    process.exit(1);
  }
  await sleep(100);
}

const delays = { calls: [], messages: [], orders: [], visits: [] };
const problems = [];
let isMeasured = false;
let visitorSeconds = 0;
const visitor = script('visitor.mjs', ['127.0.0.2'], (second) => {
  visitorSeconds++;
  problems.push(...second.failures);
  if (isMeasured) for (const [name, list] of Object.entries(delays)) list.push(...second[name]);
}, '0');

const kib = (name) => Number(readFileSync(`/proc/${server.pid}/status`, 'utf8').match(new RegExp(`${name}:\\s+(\\d+)`))[1]);
// Clock ticks of user and kernel (proc_stat(5): 14 and 15, of which there are 100 a second).
const processorSeconds = () => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};
// SQLite removes a file between the two calls when its last connection closes.
const sizeOf = (folder) => readdirSync(folder).reduce((sum, file) => sum + (statSync(join(folder, file), { throwIfNoEntry: false })?.size ?? 0), 0);
const samples = [];
async function sample(at) {
  const figures = await fetch(`${address}/figures`, { signal: AbortSignal.timeout(10_000) }).then((answer) => answer.json());
  const now = {
    at,
    memory: kib('VmRSS') / 1024,
    disk: sizeOf(data) / 1024 / 1024,
    descriptors: readdirSync(`/proc/${server.pid}/fd`).length,
    ...figures,
  };
  samples.push(now);
  return now;
}

const p99 = (list) => [...list].sort((a, b) => a - b)[Math.max(0, Math.ceil(list.length * 0.99) - 1)] ?? NaN;
const middle = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
const longest = (list) => list.reduce((most, value) => Math.max(most, value), 0);
const round = (value, digits = 1) => value.toLocaleString('en', { maximumFractionDigits: digits });
const broken = [];
const hold = (isKept, sentence) => {
  if (!isKept && !broken.includes(sentence)) broken.push(sentence);
};

let attack = {};
let stopMilliseconds = NaN;
let left = NaN;
let busy = NaN;
try {
  process.stderr.write(`the honest visitor alone for ${warmup} s ...\n`);
  await sleep(warmup * 1000);
  const startAttack = () => script('attacker.mjs', [], (done) => (attack = done), '19');
  let attacker = startAttack();
  isMeasured = true;
  const [before, began] = [processorSeconds(), Date.now()];
  for (let second = 1; second <= seconds; second++) {
    await sleep(1000);
    if (server.exitCode !== null || server.signalCode !== null) throw new Error(`the server ended: ${said.slice(0, 2000)}`);
    if (attacker.exitCode !== null || attacker.signalCode !== null) throw new Error('the attacker ended before its time');
    const now = await sample(second);
    if (second % 10 === 0 || second === seconds) {
      process.stderr.write(`${second} s: p99 ${round(p99(delays.calls))} ms, memory ${round(now.memory)} MiB, disk ${round(now.disk)} MiB, `
        + `${now.connections} connections, ${now.accounts} accounts, ${now.descriptors} descriptors, ${problems.length} problems\n`);
    }
  }
  isMeasured = false;
  busy = (processorSeconds() - before) / ((Date.now() - began) / 1000);
  const total = attack;

  // Disconnected peers leave only accounts, names and messages, which are bounded.
  await kill(attacker);
  for (let attempt = 0; attempt < 60; attempt++) {
    await sleep(500);
    ({ connections: left } = await sample(seconds));
    if (left <= 10) break;
  }

  // The server stops in time whatever its peers do.
  attacker = startAttack();
  await sleep(2000);
  await kill(visitor);
  const start = Date.now();
  server.kill('SIGTERM');
  const code = await Promise.race([server.ended, sleep(30_000).then(() => 'none within 30 s')]);
  stopMilliseconds = Date.now() - start;
  hold(code === 0, `the server's exit code was ${code}`);
  await kill(attacker);
  attack = total;
} catch (error) {
  hold(false, error.message);
}

const most = (name) => longest(samples.map((each) => each[name]));
hold(Number(options.p99) === 0 || p99(delays.calls) <= Number(options.p99), `99 of 100 calls took up to ${round(p99(delays.calls))} ms, not ${options.p99}`);
hold(visitorSeconds > 0 && delays.calls.length > 0, 'the honest visitor made no call');
hold(problems.length === 0, `${problems.length} problems of the honest visitor, the first: ${problems[0]}`);
hold(most('memory') <= Number(options.memory), `memory reached ${round(most('memory'))} MiB, not ${options.memory}`);
hold(most('disk') <= Number(options.disk), `the files reached ${round(most('disk'))} MiB, not ${options.disk}`);
hold(most('connections') <= mostConnections, `${most('connections')} connections were accepted, not ${mostConnections}`);
hold(most('accounts') <= mostAccounts, `there were ${most('accounts')} accounts, not ${mostAccounts}`);
hold(left <= 10, `${left} connections were left after the attacker ended`);
hold(Number(options.stop) === 0 || stopMilliseconds <= Number(options.stop), `the server took ${round(stopMilliseconds)} ms to stop`);
const trace = said.search(/Unhandled|^ +at /m);
hold(trace < 0, `the server wrote a stack trace: ${said.slice(Math.max(0, trace - 500), trace + 1500)}`);

const delay = (list) => `${round(middle(list))} ms, ${round(p99(list))} ms, ${round(longest(list))} ms`;
const shown = samples.filter((_, i) => i % Math.max(1, Math.floor(samples.length / 12)) === 0);
const page = [
  `# Abuse of ${new Date().toISOString().slice(0, 10)}`, '',
  `Command: \`bench/abuse ${args.join(' ')}\`: the showcase attacked from 127.0.0.1 for ${seconds} s, an honest visitor from 127.0.0.2.`,
  `${cpus().length} x ${cpus()[0].model}, Linux ${release()}.`, '',
  '| figure | |', '|---|---|',
  `| commands of the attacker, of these refused; visits; sockets opened | ${[attack.commands, attack.refused, attack.visits, attack.sockets].map((n) => round(n ?? NaN)).join(', ')} |`,
  `| honest calls, p50, p99, longest | ${round(delays.calls.length)}: ${delay(delays.calls)} |`,
  `| honest chat messages, p50, p99, longest | ${round(delays.messages.length)}: ${delay(delays.messages)} |`,
  `| honest orders placed and cancelled, p50, p99, longest | ${round(delays.orders.length)}: ${delay(delays.orders)} |`,
  `| honest visits, p50, p99, longest | ${round(delays.visits.length)}: ${delay(delays.visits)} |`,
  `| processor time of the server | ${round(busy * 100)} % of a core |`,
  `| problems of the honest visitor | ${problems.length} |`,
  `| connections left after the attacker ended | ${left} |`,
  `| stop with the attacker's peers connected | ${round(stopMilliseconds)} ms |`, '',
  '| s | memory MiB | disk MiB | descriptors | connections | parties | names | accounts |', '|---|---|---|---|---|---|---|---|',
  ...shown.map((each) => `| ${each.at} | ${round(each.memory)} | ${round(each.disk)} | ${each.descriptors} | ${each.connections} | ${each.parties} | ${each.names} | ${each.accounts} |`), '',
  broken.length === 0 ? 'All bounds held.' : `Broken: ${broken.join('; ')}.`, '',
].join('\n');
console.log(page);
if (options.out) {
  writeFileSync(options.out, page);
  console.error(`written to ${options.out}`);
}
process.exit(broken.length === 0 ? 0 : 1);
