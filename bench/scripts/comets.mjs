// bench/comets lets many pilots fly in one room of the showcase and measures the intervals of their snapshots.
import { processorTime, startShowcase } from './showcase.mjs';
import { fail, readOptions } from './starting.mjs';

const help = `Measures the intervals of the snapshots that pilots of one room receive while all send inputs, and the server's processor time.

  bench/comets [options]

Options (defaults)
  --pilots N     pilots of the room (24)
  --rate N       messages per second and pilot, of two inputs each (30)
  --seconds S    measured time (30)
  --port N       of the showcase (29191)
  --p99 MS       bound for 99 of 100 intervals; 0 for none (65)
  --cpu PERCENT  bound for the processor time of the server's process in percent of a core; 0 for none (10)
  --server FILE  an existing build of the showcase (builds apps/Showcase)

Exit code 1 when a bound is exceeded, when snapshots are missing, or when two pilots receive different bytes for one tick.`;

const options = readOptions('bench/comets', process.argv.slice(2), help, {
  pilots: 24, rate: 30, seconds: 30, port: 29191, p99: 65, cpu: 10, server: '',
});
const server = await startShowcase(options);

const room = 'lyra';
const prefix = `{"push":{"channel":"snap:${room}"`;
const intervals = [];
const byTick = new Map();
let isMeasuring = false;
let bytes = 0;
let snapshots = 0;
let differing = 0;

/** A client of the protocol in JSON that flies in circles and fires. */
class Pilot {
  constructor(number) {
    this.key = `pilot-${number}`.padEnd(32, '.');
    this.number = 0;
    this.ids = 0;
    this.replies = new Map();
    this.arrivedAt = 0;
  }

  async open() {
    this.socket = new WebSocket(`ws://localhost:${options.port}/connection/websocket`);
    await new Promise((resolve, reject) => {
      this.socket.onopen = resolve;
      this.socket.onerror = () => reject(new Error('A connection failed.'));
    });
    this.socket.onmessage = ({ data: frame }) => {
      const now = performance.now();
      for (const line of frame.split('\n')) if (line !== '') this.take(line, now);
    };
    await this.command('connect', { data: { key: this.key } });
    await this.command('rpc', { method: 'game.join', data: { room } });
    await this.command('subscribe', { channel: `snap:${room}` });
  }

  async command(name, parameters) {
    const id = ++this.ids;
    this.socket.send(JSON.stringify({ id, [name]: parameters }));
    const reply = await new Promise((resolve) => this.replies.set(id, resolve));
    if (reply.error) fail(`${name}: ${reply.error.message}`);
    return reply;
  }

  take(line, now) {
    if (line.startsWith(prefix)) this.receive(line, now);
    else if (line === '{}') this.socket.send('{}');
    else {
      const { id } = JSON.parse(line);
      this.replies.get(id)?.(JSON.parse(line));
      this.replies.delete(id);
    }
  }

  receive(line, now) {
    if (isMeasuring && this.arrivedAt > 0) {
      intervals.push(now - this.arrivedAt);
      bytes += line.length;
      snapshots++;
      const tick = line.slice(line.indexOf('"t":'), line.indexOf(',"s"'));
      const other = byTick.get(tick);
      if (other === undefined) byTick.set(tick, line);
      else if (other !== line) differing++;
    }
    this.arrivedAt = now;
  }

  fly() {
    const first = this.number + 1;
    this.number += 2;
    const held = 4 + 8 + (Math.floor(first / 40) % 3);
    this.socket.send(JSON.stringify({ send: { data: { g: [room, first, held, held] } } }));
  }
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const pilots = Array.from({ length: options.pilots }, (_, number) => new Pilot(number));
for (const pilot of pilots) await pilot.open();
const interval = 1000 / options.rate;
pilots.forEach((pilot, number) => setTimeout(() => setInterval(() => pilot.fly(), interval), number * interval / pilots.length));

// The just-in-time compiler works in the first seconds.
await sleep(5000);
const [startedAt, before] = [performance.now(), processorTime(server)];
isMeasuring = true;
await sleep(options.seconds * 1000);
isMeasuring = false;
const percent = (processorTime(server) - before) / (performance.now() - startedAt) * 100;

intervals.sort((a, b) => a - b);
const at = (part) => intervals[Math.min(intervals.length - 1, Math.floor(part * intervals.length))] ?? Number.NaN;
const result = {
  pilots: options.pilots,
  snapshots,
  bytes: Math.round(bytes / snapshots),
  p50: at(0.5).toFixed(1),
  p99: at(0.99).toFixed(1),
  max: at(1).toFixed(1),
  cpu: `${percent.toFixed(1)} %`,
};
console.log(JSON.stringify(result));
if (differing > 0) fail(`${differing} snapshots differ from those that another pilot received for the same tick.`);
if (snapshots < options.pilots * options.seconds * 19) fail('Snapshots are missing.');
if (options.p99 > 0 && !(at(0.99) <= options.p99)) fail(`99 of 100 intervals took up to ${result.p99} ms, above --p99 ${options.p99}.`);
if (options.cpu > 0 && percent > options.cpu) fail(`The server used ${result.cpu} of a core, above --cpu ${options.cpu}.`);
process.exit(0);
