// bench/compare runs every selected workload on every selected server, round by round, and writes the table.
import { existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measuring.mjs';
import { parse } from './options.mjs';
import { median, report } from './report.mjs';
import { isAvailable, servers } from './servers.mjs';
import { build, installPackages, needTwoCores, prepareOutput } from './starting.mjs';
import { workloads } from './workloads.mjs';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));
const args = process.argv.slice(2);
const options = parse(args);

needTwoCores('bench/compare');
prepareOutput(options.out);
build('bench/LoadTool', 'bench/EchoServer', 'bench/HubServer', 'bench/peers/signalr');
if (!existsSync('bench/peers/node/node_modules')) installPackages('bench/peers/node');

const results = {}; // workload → server → figures of each round
const parameters = {}; // workload → LoadTool's arguments, the last server's

for (let round = 1; round <= options.rounds; round++) {
  for (const name of options.workloads) {
    const workload = workloads[name];
    for (const server of workload.servers) {
      if (!options.servers.includes(server) || !isAvailable(server)) continue;
      const echoRates = results.echo?.snw?.map((run) => run.messages_per_second);
      parameters[name] = workload.load(server, echoRates && median(echoRates));
      process.stderr.write(`round ${round}: ${workload.title}: ${servers[server].label} ... `);
      try {
        const run = await measure(server, workload, parameters[name], options.seconds);
        ((results[name] ??= {})[server] ??= []).push(run);
        process.stderr.write(`${run[workload.figure].toLocaleString('en')}\n`);
      } catch (failure) {
        process.stderr.write(`failed: ${(failure.stderr || failure.message).trim().split('\n').at(-1)}\n`);
      }
    }
  }
}

const text = report({ options, args, results, parameters });
console.log(text);
if (options.out) {
  writeFileSync(options.out, text);
  console.error(`written to ${options.out}`);
}
