// The command line of bench/compare.
import { workloads } from './workloads.mjs';
import { servers } from './servers.mjs';

const columns = (entries) => entries.map(([name, text]) => `  ${name.padEnd(17)}${text}`).join('\n');

const help = `Compares Duplex with its peers: server on core 0, load generator on core 1, in turn, several rounds, medians.
Builds what is missing, prints progress, and writes a table of figures and ratios with machine, versions and command.

  bench/compare [options]

Options (defaults)
  --rounds N       how often everything is measured; the table has medians (3)
  --seconds S      measured time of a load, after a warm-up of the server and of the load (4)
  --only A,B       these workloads (all)
  --servers A,B    these servers (all)
  --out FILE       where the table goes as well, such as bench/results/NAME.md

Workloads
${columns(Object.entries(workloads).map(([name, { title }]) => [name, title]))}

Servers
${columns(Object.entries(servers).map(([name, { label }]) => [name, label]))}`;

function fail(sentence) {
  console.error(`${sentence} See bench/compare --help.`);
  process.exit(2);
}

function names(text, known, kind) {
  const chosen = text.split(',').filter(Boolean);
  for (const name of chosen) if (!(name in known)) fail(`There is no ${kind} ${name}.`);
  return chosen.length ? chosen : Object.keys(known);
}

export function parse(args) {
  if (args.includes('--help')) {
    console.log(help);
    process.exit(0);
  }
  const given = { rounds: '3', seconds: '4', only: '', servers: '', out: '' };
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, '');
    if (!(name in given) || args[i + 1] === undefined) fail(`${args[i]} is no option with a value.`);
    given[name] = args[i + 1];
  }
  return {
    rounds: Number(given.rounds),
    seconds: given.seconds,
    out: given.out,
    workloads: names(given.only, workloads, 'workload'),
    servers: names(given.servers, servers, 'server'),
  };
}
