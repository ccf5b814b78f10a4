// The command line of bench/compare.
import { fail, readOptions } from './starting.mjs';
import { workloads } from './workloads.mjs';
import { servers } from './servers.mjs';

const columns = (entries) => entries.map(([name, text]) => `  ${name.padEnd(17)}${text}`).join('\n');

const help = `Compares Duplex with its peers: server on core 0, load generator on core 1, one server after another, medians of rounds.
Builds missing programs, prints progress, and writes a table of figures and ratios with machine, versions and command.

  bench/compare [options]

Options (defaults)
  --rounds N       number of measurements, of which the table has medians (3)
  --seconds S      measured time of a load, after a warm-up of server and load (4)
  --only A,B       these workloads (all)
  --servers A,B    these servers (all)
  --out FILE       file to which the table is also written, such as bench/results/NAME.md

Workloads
${columns(Object.entries(workloads).map(([name, { title }]) => [name, title]))}

Servers
${columns(Object.entries(servers).map(([name, { label }]) => [name, label]))}`;

function names(text, known, kind) {
  const chosen = text.split(',').filter(Boolean);
  for (const name of chosen) if (!(name in known)) fail(`There is no ${kind} ${name}. See bench/compare --help.`, 2);
  return chosen.length ? chosen : Object.keys(known);
}

export function parse(args) {
  const given = readOptions('bench/compare', args, help, { rounds: 3, seconds: 4, only: '', servers: '', out: '' });
  if (given.rounds === 0 || given.seconds === 0) fail('--rounds and --seconds are at least 1. See bench/compare --help.', 2);
  return {
    ...given,
    seconds: String(given.seconds),
    workloads: names(given.only, workloads, 'workload'),
    servers: names(given.servers, servers, 'server'),
  };
}
