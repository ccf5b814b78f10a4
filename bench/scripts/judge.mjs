// bench/judge keeps the judge busy with hostile programs and measures the calls of a visitor who sends none.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Client } from './abuse/client.mjs';
import { build, fail, prepareOutput, readOptions } from './starting.mjs';

const help = `Sends hostile programs to the showcase's judge and measures the calls of a visitor who sends none.

  bench/judge [options]

Options (defaults)
  --seconds S     length of the measurement (60)
  --warmup S      time before it, in which the visitor is alone (10)
  --people N      people who send programs, one after another; each has an address (12)
  --port N        of the showcase (29190)
  --p99 MS        bound for 99 of 100 calls of the visitor; 0 for none (50)
  --server FILE   an existing build of the showcase (builds apps/Showcase)
  --out FILE      file to which the page is also written, such as bench/results/judge-NAME.md

Exit code 1 when the bound is exceeded, a program has another verdict than expected or none within its deadline plus 1 s,
or the judge has no sandbox.`;

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const args = process.argv.slice(2);
const options = readOptions('bench/judge', args, help, { seconds: 60, warmup: 10, people: 12, port: 29190, p99: 50, server: '', out: '' });
const { seconds, warmup, people, port } = options;
if (people < 1 || people > 100) fail('--people is 1 to 100. See bench/judge --help.', 2);
if (options.server && !existsSync(options.server)) fail(`--server: there is no file ${options.server}.`);
prepareOutput(options.out);

// Each ends by a bound of its own (docs/protocol/judge.md).
const programs = [
  ['a loop', 'function solve() { for (;;); }', 'time'],
  ['a loop in a getter', 'const o = { get x() { while (true) {} } }; function solve() { return o.x }', 'time'],
  ['an expression that backtracks', 'function solve() { return /^(a+)+$/.test("a".repeat(40) + "b") }', 'time'],
  ['an array of 1e9', 'function solve() { return new Array(1e9).fill(0).length }', 'memory'],
  ['a doubled string', 'function solve() { let s = "x"; for (;;) s += s }', 'memory'],
  ['arrays that are kept', 'function solve() { const kept = []; for (;;) kept.push(new Array(1000).fill(1)) }', 'memory time'],
  ['a map that grows', 'function solve() { const m = new Map(); for (let i = 0; ; i++) m.set(i, {}) }', 'memory time'],
  ['recursion', 'function solve() { return solve() }', 'recursion'],
  ['printing without end', 'function solve() { for (;;) console.log("x".repeat(30)) }', 'output'],
  ['brackets nested deeply', `const x = ${'['.repeat(16_000)}${']'.repeat(16_000)}`, 'syntax'],
  ['eval', 'function solve() { return eval("1") }', 'exception'],
  ['promises without end', 'function f() { Promise.resolve().then(f); Promise.resolve().then(f) } f(); function solve() { return 1 }', 'time memory wrong'],
];

// The deadline of a program (RunExecution) and the second that its verdict may be late.
const mostMilliseconds = 8000 + 1000;
const refused = [429, 503];
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const address = `http://127.0.0.1:${port}`;
const data = mkdtempSync(join(tmpdir(), 'duplex-judge-'));
if (!options.server) build(join(root, 'apps/Showcase'));
const binary = options.server || join(root, 'artifacts/bin/Showcase/release/Showcase');
const server = spawn(binary, ['--port', String(port), '--data', data, '--contentRoot', join(root, 'apps', 'Showcase')], { stdio: ['ignore', 'pipe', 'pipe'] });
let said = '';
for (const stream of [server.stdout, server.stderr]) stream.on('data', (text) => (said += text));
process.on('exit', () => {
  server.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));
for (let attempt = 0; !(await fetch(`${address}/health`).catch(() => undefined))?.ok; attempt++) {
  if (server.exitCode !== null || attempt > 300) fail(`The showcase did not start: ${said}`);
  await sleep(100);
}

const problems = [];
const delays = { alone: [], meanwhile: [] };
const runs = [];
let phase = 'alone';
let isOver = false;

async function person(name, localAddress) {
  const client = new Client(port, localAddress);
  const reply = await client.connect({ key: randomBytes(32).toString('hex'), name });
  if (reply?.error || !reply) fail(`${name} could not connect: ${reply?.error?.message}`);
  return client;
}

async function visit() {
  const client = await person('Visitor', '127.0.0.200');
  while (!isOver) {
    const start = performance.now();
    const reply = await client.rpc('time', {});
    if (!reply || reply.error) problems.push(`a call failed: ${reply?.error?.message ?? 'the connection was lost'}`);
    if (!reply) return;
    delays[phase].push(performance.now() - start);
    await sleep(30);
  }
}

async function attack(index) {
  const client = await person(`Attacker ${index}`, `127.0.1.${index + 1}`);
  for (let at = index; !isOver; at++) {
    const [title, code, verdicts] = programs[at % programs.length];
    const sent = { clientId: randomBytes(16).toString('hex'), problem: 'pairs-that-sum', code };
    let reply = await client.rpc('judge.submit', sent);
    while (refused.includes(reply?.error?.code) && !isOver) {
      await sleep(1000);
      reply = await client.rpc('judge.submit', sent);
    }
    const run = reply?.rpc?.data.run;
    if (!run) return isOver || problems.push(`${title}: ${reply?.error?.message ?? 'the connection was lost'}`);
    const end = await endOf(run);
    if (!end) return;
    runs.push(end.milliseconds);
    if (!verdicts.split(' ').includes(end.verdict)) problems.push(`${title}: ${end.verdict} instead of ${verdicts}`);
    if (end.milliseconds > mostMilliseconds) problems.push(`${title}: ${Math.round(end.milliseconds)} ms`);
  }
}

// Waits for the end of a run; its time counts from its start, not from its place in the queue.
async function endOf(run) {
  let [after, started] = [0, undefined];
  while (!isOver) {
    const response = await fetch(`${address}/judge/api/runs/${run}?after=${after}&wait=20`);
    for (const step of (await response.json()).steps ?? []) {
      after = step.n;
      if (step.state === 'running') started = performance.now();
      if (step.state === 'done') return { verdict: step.verdict, milliseconds: performance.now() - (started ?? performance.now()) };
    }
  }
  return undefined;
}

const asker = await person('Operator', '127.0.0.201');
let judge = {};
for (let attempt = 0; attempt < 30 && !judge.isOn; attempt++, await sleep(1000)) judge = (await asker.rpc('judge.problems', {})).rpc?.data ?? {};
if (!judge.isOn || !judge.state.includes('in a sandbox')) problems.push(judge.state ?? 'the judge did not answer');

const visiting = visit();
process.stderr.write(`the visitor alone for ${warmup} s ...\n`);
await sleep(warmup * 1000);
phase = 'meanwhile';
process.stderr.write(`with hostile programs for ${seconds} s ...\n`);
const attacks = Array.from({ length: people }, (_, index) => attack(index));
await sleep(seconds * 1000);
isOver = true;
await Promise.race([Promise.all([visiting, ...attacks]), sleep(30_000)]);

const at = (list, share) => [...list].sort((a, b) => a - b)[Math.max(0, Math.ceil(list.length * share) - 1)] ?? NaN;
const round = (value) => value.toLocaleString('en', { maximumFractionDigits: 1 });
const figures = (list) => `${round(list.length)} | ${round(at(list, 0.5))} | ${round(at(list, 0.99))} | ${round(at(list, 1))}`;
if (runs.length === 0) problems.push('no program had a verdict');
if (options.p99 > 0 && !(at(delays.meanwhile, 0.99) <= options.p99)) problems.push(`99 of 100 calls took up to ${round(at(delays.meanwhile, 0.99))} ms, not ${options.p99}`);
const page = [
  `# The judge under attack, ${new Date().toISOString().slice(0, 10)}`, '',
  `Command: \`bench/judge ${args.join(' ')}\`: ${people} people send hostile programs one after another, a visitor calls \`time\` every 30 ms.`,
  `${cpus().length} x ${cpus()[0].model}, Linux ${release()}.`, '',
  '| | count | p50 ms | p99 ms | longest ms |', '|---|---|---|---|---|',
  `| calls of the visitor alone | ${figures(delays.alone)} |`,
  `| calls of the visitor while programs run | ${figures(delays.meanwhile)} |`,
  `| programs, from their start to their verdict | ${figures(runs)} |`, '',
  problems.length === 0 ? 'All bounds held, and every program had its verdict.' : `Broken: ${[...new Set(problems)].join('; ')}.`, '',
].join('\n');
console.log(page);
if (options.out) {
  writeFileSync(options.out, page);
  console.error(`written to ${options.out}`);
}
process.exit(problems.length === 0 ? 0 : 1);
