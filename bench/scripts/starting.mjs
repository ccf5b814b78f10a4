// Start of every script in bench/: options, builds, and one sentence for the cause of a failed start.
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { cpus, platform } from 'node:os';
import { dirname } from 'node:path';

export function fail(sentence, code = 1) {
  console.error(sentence);
  process.exit(code);
}

// Parses "--name value" pairs into a copy of the defaults; an option with a numeric default accepts whole numbers only.
export function readOptions(command, args, help, defaults) {
  if (args.includes('--help')) {
    console.log(help);
    process.exit(0);
  }
  const options = { ...defaults };
  for (let i = 0; i < args.length; i += 2) {
    const name = args[i].replace(/^--/, '');
    if (!args[i].startsWith('--') || !(name in options)) fail(`${args[i]} is no option. See ${command} --help.`, 2);
    if (args[i + 1] === undefined) fail(`${args[i]} has no value. See ${command} --help.`, 2);
    const isNumber = typeof defaults[name] === 'number';
    if (isNumber && !/^\d{1,9}$/.test(args[i + 1])) fail(`${args[i]} is a whole number, not "${args[i + 1]}". See ${command} --help.`, 2);
    options[name] = isNumber ? Number(args[i + 1]) : args[i + 1];
  }
  return options;
}

// The page is written after minutes of work, so the file is opened before.
export function prepareOutput(file) {
  if (!file) return;
  try {
    mkdirSync(dirname(file), { recursive: true });
    closeSync(openSync(file, 'a'));
  } catch (failure) {
    fail(`--out: ${file} cannot be written (${failure.code}).`);
  }
}

export function needTwoCores(command) {
  if (platform() !== 'linux') fail(`${command} needs Linux, because it uses taskset and /proc.`);
  if (cpus().length < 2) fail(`${command} needs two cores, one for the server and one for the load.`);
}

export function build(...projects) {
  for (const project of projects) {
    process.stderr.write(`building ${project} ...\n`);
    need('dotnet', ['build', project, '-c', 'Release', '-v', 'quiet', '--nologo'], 'The .NET 10 SDK is missing. Install it from https://dot.net and run this again.');
  }
}

export function buildPages(folder) {
  process.stderr.write('building the pages ...\n');
  need(`${folder}/build`, [], 'The pages cannot be built: apps/Showcase/web/build is missing.');
}

export function installPackages(folder) {
  need('npm', ['--prefix', folder, 'ci', '--no-audit', '--no-fund', '--silent'], 'npm is missing. Install Node.js 20 or later from https://nodejs.org and run this again.');
}

function need(program, args, missing) {
  try {
    execFileSync(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  } catch (failure) {
    fail(failure.code === 'ENOENT' ? missing : `${program} ${args.slice(0, 3).join(' ')} failed.`);
  }
}
