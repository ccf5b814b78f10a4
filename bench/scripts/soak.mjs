// bench/soak runs one server on core 0 and LoadTool's soak on core 1, and writes a page about it.
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus, release } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start, stop, watchHost } from './measuring.mjs';
import { built, servers } from './servers.mjs';
import { build, fail, needTwoCores, prepareOutput, readOptions } from './starting.mjs';

const help = `Runs well-behaved and misbehaving peers against one server and reports memory, delays and counts.

  bench/soak [options]

Options (defaults)
  --server NAME      uring, epoll, kestrel (uring)
  --connections N    (15000)
  --seconds S        measured time after the warm-up (600)
  --warmup S         time before it (60)
  --out FILE         file to which the page is also written, such as bench/results/soak-NAME.md`;

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
const args = process.argv.slice(2);
const options = readOptions('bench/soak', args, help, { server: 'uring', connections: 15000, seconds: 600, warmup: 60, out: '' });
if (!['uring', 'epoll', 'kestrel'].includes(options.server)) fail(`--server is one of uring, epoll, kestrel, not "${options.server}". See bench/soak --help.`, 2);
needTwoCores('bench/soak');
prepareOutput(options.out);
build('bench/LoadTool', 'bench/EchoServer');

const port = 29199;
const server = await start(options.server, port).catch((failure) => fail(`The server did not start: ${failure.message}.`));
const parameters = ['soak', '--port', String(port), '--connections', String(options.connections), '--warmup', String(options.warmup), '--seconds', String(options.seconds)];
const tool = spawn('taskset', ['-c', '1', built('LoadTool'), ...parameters, '--pid', String(server.pid)], { stdio: ['ignore', 'pipe', 'inherit'] });
const hostShare = watchHost();
let output = '';
tool.stdout.on('data', (text) => (output += text));
const code = await new Promise((resolve) => tool.on('exit', resolve));
const taken = hostShare();
await stop(server);
if (code !== 0) process.exit(1);

const run = JSON.parse(output.trim().split('\n').at(-1));
const count = (value) => value.toLocaleString('en');
const memory = (kib) => `${(kib / 1024).toFixed(1)} MiB`;
const delay = (microseconds) => `${(microseconds / 1000).toFixed(2)} ms`;
const share = (value) => `${(value * 100).toFixed(1)} %`;
const page = [
  `# Soak of ${new Date().toISOString().slice(0, 10)}`, '',
  `Command: \`bench/soak ${args.join(' ')}\`: ${servers[options.server].label}, one loop on core 0; \`LoadTool ${parameters.join(' ')}\``,
  `on core 1. ${cpus().length} x ${cpus()[0].model}, Linux ${release()}.`, '',
  `${count(run.connections)} connections for ${run.seconds} s after ${options.warmup} s of warm-up: 70 % echo occasionally, 10 % send much and do not read for seconds,`,
  '3 % send half a handshake, 3 % never answer a ping, the rest connect and end by close handshake, shutdown and reset.', '',
  '| figure | |', '|---|---|',
  `| messages and batches sent by well-behaved and slow peers | ${count(run.said)} |`,
  `| of these echoed whole and exactly | ${count(run.echoes)} |`,
  `| echoes with an extra or wrong byte | ${count(run.mismatches)} |`,
  `| connections of well-behaved peers ended by the server | ${count(run.unexpected_ends)} |`,
  `| connections opened | ${count(run.opened)} |`,
  `| delay of well-behaved echoes, p50, p99, p99.9, longest | ${[run.p50_us, run.p99_us, run['p99.9_us'], run.max_us].map(delay).join(', ')} |`,
  `| processor time taken by the host | ${share(taken)} |`,
  `| resident memory after warm-up, lowest, highest, at the end | ${['after_warmup', 'lowest', 'highest', 'at_end'].map((name) => memory(run[`resident_kib_${name}`])).join(', ')} |`,
  `| swing: highest over lowest | ${share(run.resident_swing)} |`,
  `| growth: median of the last third over that of the first | ${share(run.resident_growth)} |`, '',
].join('\n');
console.log(page);
if (options.out) {
  writeFileSync(options.out, page);
  console.error(`written to ${options.out}`);
}
