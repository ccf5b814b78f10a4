// bench/before-after runs a server of an earlier commit and one of this checkout side by side, and loads them in turn.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load, nextPort, start, stop, watchHost } from './measuring.mjs';
import { median } from './report.mjs';
import { servers } from './servers.mjs';
import { build, fail, needTwoCores, prepareOutput, readOptions } from './starting.mjs';
import { workloads } from './workloads.mjs';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
const args = process.argv.slice(2);
const known = Object.keys(workloads).filter((name) => workloads[name].figure === 'messages_per_second' && !workloads[name].isFresh);
const own = Object.keys(servers).filter((name) => /^(hub-)?(uring|epoll|kestrel)$/.test(name));

const help = `Compares Duplex with itself at an earlier commit: both servers run on core 0, the load generator on core 1 loads
them in turn, in alternating order. The servers of bench/ are those of this checkout, on the earlier commit's libraries.
Writes medians of the processor time per message, which other programs disturb least, and of the rates.

  bench/before-after --commit COMMIT [options]

Options (defaults)
  --commit COMMIT  the earlier commit
  --rounds N       number of measurements of each, of which the table has medians (5)
  --seconds S      measured time of a load (3)
  --only A,B       these workloads (echo,fan,hub,echo-1m,conflated)
  --servers A,B    these servers (all: ${own.join(', ')})
  --out FILE       file to which the table is also written, such as bench/results/NAME.md

Workloads: ${known.join(', ')}`;

const options = readOptions('bench/before-after', args, help, {
  commit: '', rounds: 5, seconds: 3, only: 'echo,fan,hub,echo-1m,conflated', servers: own.join(), out: '',
});
if (options.commit === '') fail('--commit is missing. See bench/before-after --help.', 2);
if (options.rounds === 0 || options.seconds === 0) fail('--rounds and --seconds are at least 1. See bench/before-after --help.', 2);
const chosen = (text, names, kind) => text.split(',').map((name) => (names.includes(name) ? name : fail(`There is no ${kind} ${name}. See bench/before-after --help.`, 2)));
const chosenWorkloads = chosen(options.only, known, 'workload');
const chosenServers = chosen(options.servers, own, 'server');

needTwoCores('bench/before-after');
prepareOutput(options.out);
const git = (...parameters) => execFileSync('git', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
const subject = (commit) => git('log', '-1', '--format=%h "%s"', commit);
const earlier = mkdtempSync(join(tmpdir(), 'duplex-before-'));
let isAdded = false;
try {
  git('worktree', 'add', '--quiet', '--detach', '--force', earlier, options.commit);
  isAdded = true;
  for (const part of ['EchoServer', 'HubServer', 'Starting', 'Directory.Build.props']) cpSync(join('bench', part), join(earlier, 'bench', part), { recursive: true });
  build('bench/LoadTool', 'bench/EchoServer', 'bench/HubServer', join(earlier, 'bench/EchoServer'), join(earlier, 'bench/HubServer'));
  const text = report(await compare());
  console.log(text);
  if (options.out) writeFileSync(options.out, text);
} catch (failure) {
  console.error((failure.stderr || failure.message).trim().split('\n').at(-1));
  process.exitCode = 1;
} finally {
  if (isAdded) git('worktree', 'remove', '--force', earlier);
  rmSync(earlier, { recursive: true, force: true });
}

async function compare() {
  const rows = [];
  for (const name of chosenWorkloads) {
    for (const server of chosenServers.filter((candidate) => workloads[name].servers.includes(candidate))) {
      process.stderr.write(`${workloads[name].title}: ${servers[server].label} ...\n`);
      rows.push({ name, server, ...(await compareOne(workloads[name], server)) });
    }
  }
  return rows;
}

async function compareOne(workload, server) {
  const parameters = workload.load(server);
  const sides = [];
  const hostShare = watchHost();
  try {
    for (const folder of [earlier, '.']) {
      const port = nextPort();
      const child = await start(server, port, workload, folder);
      sides.push({ port, child, runs: [] });
      load(server, child, port, parameters, workload.warmUpSeconds ?? '10');
    }
    for (let round = 0; round < options.rounds; round++) {
      for (const { port, child, runs } of round % 2 === 0 ? sides : sides.toReversed())
        runs.push(load(server, child, port, parameters, String(options.seconds)));
    }
  } finally {
    for (const { child } of sides) await stop(child);
  }
  return { before: sides[0].runs, after: sides[1].runs, hostShare: hostShare() };
}

function report(rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const cost = (run) => run.user_us_per_message + run.kernel_us_per_message;
  const heads = ['load', 'server', 'us per message, before', 'after', 'after / before', 'messages per second, before', 'after', 'after / before', 'taken by the host'];
  const short = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 100 ? 2 : 0));
  return [
    `# Before and after ${subject(options.commit)}`, '',
    `Command: \`bench/before-after ${args.join(' ')}\`. Both servers run on core 0, and the generator on core 1 loads them in`,
    `turn: medians of ${options.rounds} rounds of ${options.seconds} s after a warm-up. The ratios are those of the medians; in brackets are the lowest and the`,
    'highest ratio of a round. Per message means per delivery for fan-out.', '',
    `Machine: ${cpus().length} x ${cpus()[0].model}, Linux ${release()}. After: ${subject('HEAD')}.`, '',
    line(heads), line(heads.map(() => '---')),
    ...rows.map(({ name, server, before, after, hostShare }) => {
      const columns = [cost, (run) => run.messages_per_second].flatMap((of) => {
        const [first, second] = [before, after].map((runs) => runs.map(of));
        const ratios = second.map((value, i) => value / first[i]);
        const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
        return [short(median(first)), short(median(second)), `${(median(second) / median(first)).toFixed(2)} (${range})`];
      });
      return line([workloads[name].title, servers[server].label, ...columns, `${Math.round(hostShare * 100)} %`]);
    }),
    '',
  ].join('\n');
}
