// Writes the table: medians, ratios, machine, versions and command.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { isAvailable, servers } from './servers.mjs';
import { workloads } from './workloads.mjs';

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const short = (value) => (value >= 1000 ? Math.round(value).toLocaleString('en') : value.toFixed(value < 10 ? 2 : 1));
const percent = (value) => `${Math.round(value * 100)} %`;

function row(server, runs, figure, baseline) {
  const of = (name) => median(runs.map((run) => run[name] ?? NaN));
  const values = runs.map((run) => run[figure]);
  const value = median(values);
  const user = of('user_us_per_message');
  const kernel = of('kernel_us_per_message');
  const isMetered = !Number.isNaN(user);
  return [
    servers[server].label,
    short(value),
    runs.length > 1 ? percent((Math.max(...values) - Math.min(...values)) / value) : '',
    baseline ? (value / baseline).toFixed(2) : '',
    isMetered ? `${user.toFixed(2)} + ${kernel.toFixed(2)}` : '',
    isMetered ? percent(user / (user + kernel)) : '',
    isMetered ? percent(of('processor_share')) : '',
    isMetered ? percent(of('generator_share')) : '',
    percent(of('host_share')),
  ];
}

// Returns the cost of a server beyond that of its part, where both were measured.
function beyond({ beyond: part, figure }, results, all) {
  if (!part || !all[part.workload]) return [];
  const of = (runs) => median(runs.map((run) => run[figure]));
  const lines = Object.entries(part.servers)
    .filter(([server, plain]) => results[server] && all[part.workload][plain])
    .map(([server, plain]) => `${servers[server].label} ${short(of(results[server]) - of(all[part.workload][plain]))}`);
  return lines.length ? ['', `Beyond "${workloads[part.workload].title}": ${lines.join(', ')}.`] : [];
}

function table(name, results, parameters, all) {
  const { title, figure, note } = workloads[name];
  const baseline = Object.keys(results).find((server) => servers[server].isBaseline);
  const reference = baseline && median(results[baseline].map((run) => run[figure]));
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const heads = [
    'server', figure.replaceAll('_', ' '), 'spread', baseline ? `of ${servers[baseline].label}` : '',
    'us per message, user + kernel', 'user share', 'core, server', 'core, generator', 'taken by the host',
  ];
  return [
    `### ${title}`, '', `\`LoadTool ${parameters.join(' ')}\`${note ? ` ${note}` : ''}`, '',
    line(heads), line(heads.map(() => '---')),
    ...Object.entries(results).map(([server, runs]) => line(row(server, runs, figure, reference))),
    ...beyond(workloads[name], results, all), '',
  ];
}

function version(command, ...parameters) {
  try {
    return execFileSync(command, parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim().split('\n')[0];
  } catch {
    return 'not installed';
  }
}

const debian = (name) => version('dpkg-query', '-W', '-f', '${Version}', name);

export function report({ options, args, results, parameters }) {
  const peers = JSON.parse(readFileSync('bench/peers/node/package.json', 'utf8')).dependencies;
  const missing = options.servers.filter((name) => !isAvailable(name)).map((name) => servers[name].label);
  return [
    `# Comparison of ${new Date().toISOString().slice(0, 10)}`, '',
    `Command: \`bench/compare ${args.join(' ')}\`. Medians of ${options.rounds} round${options.rounds > 1 ? 's' : ''} of ${options.seconds} s, each`,
    'on a separate server after a warm-up; server on core 0, generator on core 1. The spread is the distance from',
    'the lowest to the highest round. Per message means per delivery for fan-out.', '',
    `Machine: ${cpus().length} x ${cpus()[0].model}, Linux ${release()}. .NET ${version('dotnet', '--version')} (SignalR and the baseline are its own),`,
    `Node ${process.version}, ws ${peers.ws}, Socket.IO ${peers['socket.io']}, libwebsockets ${debian('libwebsockets-dev')}, Nchan ${debian('libnginx-mod-nchan')},`,
    `websockets for Python ${debian('python3-websockets')}. Commit ${version('git', 'rev-parse', '--short', 'HEAD')}.`, '',
    ...(missing.length ? [`Omitted, because bench/install was not run: ${missing.join(', ')}.`, ''] : []),
    ...Object.keys(workloads).filter((name) => results[name]).flatMap((name) => table(name, results[name], parameters[name], results)),
  ].join('\n');
}
