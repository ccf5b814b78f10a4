// bench/idle measures what the showcase costs while nobody uses it, and while its start page alone is open.
import { existsSync } from 'node:fs';
import { platform } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Chromium } from './chromium.mjs';
import { processorTime, startShowcase } from './showcase.mjs';
import { buildPages, fail, readOptions } from './starting.mjs';

const help = `Measures the processor time of the showcase's server, in percent of a core: before anybody has connected, while the start page
is open with all of its previews in sight, and after it was closed.

  bench/idle [options]

Options (defaults)
  --seconds S      measured time of each of the three (30)
  --warmup S       time before it, in which feeds start or stop (45)
  --market RATE    rate of the exchange's simulated market: off, normal or high (normal)
  --cpu PERCENT    bound while nobody is connected; 0 for none (10)
  --port N         of the showcase (29193)
  --server FILE    an existing build of the showcase, beside built pages (builds both)
  --chromium FILE  program of the browser (/usr/bin/chromium)

Exit code 1 when the bound is exceeded.`;

const options = readOptions('bench/idle', process.argv.slice(2), help, {
  seconds: 30, warmup: 45, market: 'normal', cpu: 10, port: 29193, server: '', chromium: '/usr/bin/chromium',
});
if (platform() !== 'linux') fail('bench/idle needs Linux, because it reads /proc.');
if (options.seconds === 0) fail('--seconds is at least 1. See bench/idle --help.', 2);
if (!existsSync(options.chromium)) fail(`--chromium: there is no file ${options.chromium}.`);
const content = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'apps', 'Showcase');
if (!options.server) buildPages(join(content, 'web'));
const server = await startShowcase(options, ['--market-rate', options.market, '--contentRoot', content]);

const sleep = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function measure() {
  await sleep(options.warmup);
  const [startedAt, before] = [performance.now(), processorTime(server)];
  await sleep(options.seconds);
  return (processorTime(server) - before) / (performance.now() - startedAt) * 100;
}

const before = await measure();
const browser = new Chromium(options.chromium);
process.on('exit', () => browser.kill());
const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank' });
const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
await browser.send('Emulation.setDeviceMetricsOverride', { width: 1440, height: 6000, deviceScaleFactor: 1, mobile: false }, sessionId);
await browser.send('Page.navigate', { url: `http://localhost:${options.port}/` }, sessionId);
const startPage = await measure();
await browser.stop();
const after = await measure();

const percent = (value) => `${value.toFixed(1)} %`;
console.log(JSON.stringify({ market: options.market, nobody: percent(before), startPage: percent(startPage), nobodyAgain: percent(after) }));
if (options.cpu > 0 && Math.max(before, after) > options.cpu)
  fail(`The server used ${percent(Math.max(before, after))} of a core while nobody was connected, above --cpu ${options.cpu}.`);
process.exit(0);
