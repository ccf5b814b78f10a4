// Measures each page of the showcase in Chromium: the processor time of its processes, what the main thread does with it,
// and its longest tasks. Processor time is compared, not wall-clock time, because other programs do not add to it.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, platform, release, tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Chromium } from './chromium.mjs';
import { visits } from './pages/visits.mjs';
import { build, buildPages, fail, prepareOutput, readOptions } from './starting.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const help = `Measures the pages of the showcase while its market is busy (500 book changes and 100 trades a second): the processor
time of Chromium's processes, and the longest tasks of each page's main thread.

  bench/pages [options]

Options (defaults)
  --only A,B       these pages (all)
  --seconds S      time of a measurement; the longest tasks are sought for the same time again (30)
  --warmup S       time before it (5)
  --rounds N       number of measurements of each page (1)
  --against FOLDER other built pages, measured in turns with these: a copy of apps/Showcase with its wwwroot/dist
  --width W        width of the window (1440)
  --height H       height of the window (900)
  --port N         port of the showcase (29400)
  --server FILE    program of the showcase (built here, with the pages)
  --chromium FILE  program of the browser (/usr/bin/chromium)
  --out FILE       file to which the table is also written, such as bench/results/NAME.md`;
const args = process.argv.slice(2);
const options = readOptions('bench/pages', args, help, {
  only: '', seconds: 30, warmup: 5, rounds: 1, against: '', width: 1440, height: 900, port: 29400, server: '', chromium: '/usr/bin/chromium', out: '',
});
if (platform() !== 'linux') fail('bench/pages needs Linux, because it reads /proc.');
if (options.seconds === 0 || options.rounds === 0) fail('--rounds and --seconds are at least 1. See bench/pages --help.', 2);
for (const name of ['server', 'chromium', 'against'])
  if (options[name] && !existsSync(options[name])) fail(`--${name}: there is no file ${options[name]}.`);
prepareOutput(options.out);

const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const here = join(root, 'apps', 'Showcase');
if (!options.server) {
  build(here);
  buildPages(join(here, 'web'));
}
const server = options.server || join(root, 'artifacts/bin/Showcase/release/Showcase');
const contents = options.against ? [resolve(options.against), here] : [here];
const folders = (content) => readdirSync(join(content, 'wwwroot/dist'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(content, 'wwwroot/dist', entry.name, 'index.html'))).map(({ name }) => name);
const known = ['start', ...folders(here).filter((name) => name !== 'missing')];
const chosen = options.only ? options.only.split(',') : known;
for (const name of chosen) if (!known.includes(name)) fail(`There is no page ${name}: the pages are ${known.join(', ')}.`, 2);

const running = new Set();
process.on('exit', () => running.forEach((program) => program.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

async function startShowcase(content) {
  const data = mkdtempSync(join(tmpdir(), 'duplex-pages-data-'));
  const child = spawn(server, ['--port', String(options.port), '--market-rate', 'high', '--data', data, '--contentRoot', content], { stdio: 'ignore' });
  const ended = new Promise((done) => child.on('exit', done));
  running.add(child);
  const address = `http://127.0.0.1:${options.port}`;
  for (let attempt = 0; !(await fetch(`${address}/health`).catch(() => undefined))?.ok; attempt++) {
    if (child.exitCode !== null || attempt > 300) fail('The showcase did not start: ./run shows why.');
    await sleep(0.1);
  }
  return {
    address,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      running.delete(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

// The processor time of a thread in seconds: the first number of its schedstat counts nanoseconds. The times in "stat" are
// sampled at each tick of the kernel, which is too coarse for a page that works for a few milliseconds at a time.
const secondsOf = (pid, tid) => Number(readFileSync(`/proc/${pid}/task/${tid}/schedstat`, 'utf8').split(' ')[0]) / 1e9;
const secondsOfAll = (pid) => readdirSync(`/proc/${pid}/task`).reduce((sum, tid) => sum + secondsOf(pid, tid), 0);

async function measure(content, page) {
  const showcase = await startShowcase(content);
  const browser = new Chromium(options.chromium);
  running.add(browser);
  const { path = page === 'start' ? '' : page, act, others } = visits[page] ?? {};
  let endOthers;
  try {
    const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
    const send = (method, parameters) => browser.send(method, parameters, sessionId);
    await send('Emulation.setDeviceMetricsOverride', { width: options.width, height: options.height, deviceScaleFactor: 1, mobile: false });
    await send('Page.navigate', { url: `${showcase.address}/${path}` });
    endOthers = await others?.(options.port);
    await sleep(options.warmup);
    if (act) await send('Runtime.evaluate', { expression: act });
    const { processInfo } = await browser.send('SystemInfo.getProcessInfo');
    const [gpu] = processInfo.filter(({ type }) => type === 'GPU').map(({ id }) => id);
    // Chromium keeps renderers of its own. That of the page is the one that does what the page is made to do.
    const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ({ id, before: secondsOfAll(id) }));
    await send('Runtime.evaluate', { expression: 'for (const end = performance.now() + 300; performance.now() < end;);' });
    const [{ id: renderer }] = renderers.map(({ id, before: then }) => ({ id, worked: secondsOfAll(id) - then }))
      .sort((left, right) => right.worked - left.worked);
    // The first thread of a renderer is the page's main thread.
    const read = () => [performance.now() / 1000, secondsOfAll(renderer), secondsOf(renderer, renderer), secondsOfAll(gpu)];
    const before = read();
    await sleep(options.seconds);
    const [elapsed, ...used] = read().map((value, index) => value - before[index]);
    if (act) await send('Runtime.evaluate', { expression: act });
    const tasks = await traceTasks(browser, renderer);
    const [ofRenderer, main, gpuProcess] = used.map((seconds) => seconds / elapsed);
    return { renderer: ofRenderer, main, gpu: gpuProcess, ...tasks };
  } finally {
    endOthers?.();
    await browser.stop();
    running.delete(browser);
    await showcase.stop();
  }
}

// Records the tasks of the page's main thread. A task is long by its own processor time (`tdur`), because its wall-clock
// time contains the turns of other programs.
async function traceTasks(browser, renderer) {
  const events = [];
  let finish;
  const finished = new Promise((done) => (finish = done));
  const forget = browser.onEvent(({ method, params }) => {
    if (method === 'Tracing.dataCollected') events.push(...params.value);
    else if (method === 'Tracing.tracingComplete') finish();
  });
  await browser.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata', 'cc', 'devtools.timeline'], excludedCategories: ['*'] },
  });
  await sleep(options.seconds);
  await browser.send('Tracing.end');
  await finished;
  forget();
  const isMain = ({ pid, tid }) => pid === renderer && tid === renderer;
  const tasks = events.filter((event) => event.name === 'RunTask' && isMain(event));
  const longest = (key) => tasks.reduce((most, task) => Math.max(most, (task[key] ?? 0) / 1000), 0);
  return {
    longestProcessor: longest('tdur'),
    longestWall: longest('dur'),
    long: tasks.filter((task) => (task.tdur ?? task.dur) > 50_000).length,
    frames: events.filter((event) => event.name === 'Commit' && isMain(event)).length / options.seconds,
  };
}

const percent = (value) => `${(value * 100).toFixed(1)}`;
const columns = [
  ['main', percent, 'main thread %'], ['renderer', percent, 'renderer %'], ['gpu', percent, 'GPU process %'],
  ['frames', (value) => value.toFixed(0), 'frames/s'],
  ['long', String, 'tasks over 50 ms'], ['longestProcessor', (value) => value.toFixed(0), 'longest task, ms of processor'],
  ['longestWall', (value) => value.toFixed(0), 'the same, wall clock'],
];
const middle = (list) => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)];
const lines = [`| page | ${columns.map(([, , title]) => title).join(' | ')} |`, `|---|${columns.map(() => '--:|').join('')}`];
for (const page of chosen) {
  const rounds = contents.map(() => []);
  for (let round = 0; round < options.rounds; round++) {
    for (const [index, content] of contents.entries()) {
      process.stderr.write(`${page}${contents.length > 1 ? ` of ${content}` : ''}, round ${round + 1} ...\n`);
      const figures = await measure(content, page);
      process.stderr.write(`  ${columns.map(([name, write, title]) => `${title} ${write(figures[name])}`).join(', ')}\n`);
      rounds[index].push(figures);
    }
  }
  for (const [index, list] of rounds.entries())
    lines.push(`| ${page}${contents.length > 1 && index === 0 ? ', before' : ''} | ${columns.map(([name, write]) => write(middle(list.map((figures) => figures[name])))).join(' | ')} |`);
}
const text = [
  `# Pages of ${new Date().toISOString().slice(0, 10)}`, '',
  `Command: \`bench/pages ${args.join(' ')}\`: medians; shares are of one core.`,
  `${cpus().length} x ${cpus()[0].model}, Linux ${release()}, drawing in software.`, '', ...lines, '',
].join('\n');
console.log(text);
if (options.out) writeFileSync(options.out, text);
