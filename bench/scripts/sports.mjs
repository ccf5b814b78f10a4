// bench/sports lets many people watch one match of the showcase and measures how soon each of them has a goal.
import { Client } from './abuse/client.mjs';
import { startShowcase } from './showcase.mjs';
import { fail, readOptions } from './starting.mjs';

const help = `Measures the time from the report of a goal until the viewers of the match have received it.

  bench/sports [options]

Options (defaults)
  --viewers N    viewers of the match (500)
  --goals N      goals that are measured, after one that is not (20)
  --port N       of the showcase (29192)
  --p99 MS       bound for 99 of 100 deliveries; 0 for none (100)
  --server FILE  an existing build of the showcase (builds apps/Showcase)

Exit code 1 when the bound is exceeded, or when a viewer receives no goal for 10 s.`;

const options = readOptions('bench/sports', process.argv.slice(2), help, { viewers: 500, goals: 20, port: 29192, p99: 100, server: '' });
if (options.viewers === 0 || options.goals === 0) fail('--viewers and --goals are at least 1. See bench/sports --help.', 2);
// All viewers have one address.
process.env.Showcase__Visitors__ConnectionsPerAddress = `${options.viewers + 1}`;
await startShowcase(options);

const patience = 10_000;
// One address may open 20 connections a second.
const connectInterval = 55;

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function open(data) {
  const client = new Client(options.port);
  resultOf('connect', await client.connect(data));
  return client;
}

// Returns the result of a command.
function resultOf(command, reply) {
  return reply?.[command] ?? fail(`${command}: ${reply?.error?.message ?? 'the connection was lost'}`);
}

const scout = await open({ key: 'scout'.padEnd(32, '.') });
const call = async (method, data) => resultOf('rpc', await scout.rpc(method, data)).data;
const { match } = await call('sports.open', { home: 'Reds', away: 'Blues', clientId: 'bench-match' });
await call('sports.report', { match, clientId: 'bench-kick-off', type: 'phase', phase: 'firstHalf' });
const viewers = [];
while (viewers.length < options.viewers) {
  const viewer = await open();
  resultOf('subscribe', await viewer.call('subscribe', { channel: `match:${match}` }));
  viewers.push(viewer);
  await sleep(connectInterval);
}

const delays = [];
for (let goal = 0; goal <= options.goals; goal++) {
  const arrivals = viewers.map((viewer) => new Promise((resolve) => {
    // Nothing but what the scout reports is pushed.
    viewer.onPush = () => resolve(performance.now());
  }));
  // A repeated report of one player within five seconds is rejected, and a scout reports five times a second at most.
  const player = 2 + (goal % 10);
  const side = Math.floor(goal / 10) % 2;
  await sleep(500);
  const reportedAt = performance.now();
  const report = call('sports.report', { match, clientId: `bench-goal-${goal}`, type: 'goal', side, player });
  const timeout = setTimeout(() => fail(`A viewer has not received goal ${goal} within ${patience / 1000} s.`), patience);
  const received = await Promise.all([...arrivals, report]);
  clearTimeout(timeout);
  // The first goal is that of the just-in-time compiler.
  if (goal > 0) delays.push(...received.slice(0, -1).map((at) => at - reportedAt));
}

delays.sort((a, b) => a - b);
const at = (part) => delays[Math.min(delays.length - 1, Math.floor(part * delays.length))];
const result = { viewers: options.viewers, goals: options.goals, p50: at(0.5).toFixed(1), p99: at(0.99).toFixed(1), max: at(1).toFixed(1) };
console.log(JSON.stringify(result));
if (options.p99 > 0 && !(at(0.99) <= options.p99)) fail(`99 of 100 deliveries took up to ${result.p99} ms, above --p99 ${options.p99}.`);
process.exit(0);
