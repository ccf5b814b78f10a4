// bench/pad lets many writers change one document of the showcase and measures how soon each sees the changes of the others.
import { createHash } from 'node:crypto';
import { startShowcase } from './showcase.mjs';
import { fail, readOptions } from './starting.mjs';

const help = `Measures the time from a change of a document to its arrival at every other writer.

  bench/pad [options]

Options (defaults)
  --writers N    writers of the document (30)
  --rate N       changes per second and writer (5)
  --seconds S    measured time (20)
  --port N       of the showcase (29190)
  --p99 MS       bound for 99 of 100 arrivals; 0 for none (150)
  --server FILE  an existing build of the showcase (builds apps/Showcase)

Exit code 1 when the bound is exceeded, a change is refused, or the text is not the one that the writers made.`;

const options = readOptions('bench/pad', process.argv.slice(2), help, {
  writers: 30, rate: 5, seconds: 20, port: 29190, p99: 150, server: '',
});
await startShowcase(options);

const sentAt = new Map();
const delays = [];
let refused = 0;
let sent = 0;
let waited = 0;

/** A client of the protocol in JSON that inserts one character in the middle of the document. */
class Writer {
  constructor(number) {
    const key = `writer-${number}`.padEnd(32, '.');
    this.key = key;
    this.page = `${createHash('sha256').update(key).digest('hex').slice(0, 12)}-${number}`;
    this.number = 0;
    this.ids = 0;
    this.replies = new Map();
    this.isWaiting = false;
  }

  async open() {
    this.socket = new WebSocket(`ws://localhost:${options.port}/connection/websocket`);
    await new Promise((resolve, reject) => {
      this.socket.onopen = resolve;
      this.socket.onerror = () => reject(new Error('A connection failed.'));
    });
    this.socket.onmessage = ({ data: frame }) => {
      for (const line of frame.split('\n')) if (line !== '') this.take(JSON.parse(line));
    };
    await this.command('connect', { data: { key: this.key } });
  }

  command(name, parameters) {
    const id = ++this.ids;
    this.socket.send(JSON.stringify({ id, [name]: parameters }));
    return new Promise((resolve) => this.replies.set(id, resolve));
  }

  async call(method, parameters) {
    const reply = await this.command('rpc', { method, data: parameters });
    if (reply.error) throw new Error(`${method}: ${reply.error.message}`);
    return reply.rpc.data;
  }

  async join(doc) {
    this.doc = doc;
    const reply = await this.command('subscribe', { channel: `pad:${doc}` });
    const { version, text } = reply.subscribe.data;
    Object.assign(this, { version, length: text.length });
  }

  take(message) {
    if (message.push?.pub) this.receive(message.push.pub.data);
    else if (message.id) {
      this.replies.get(message.id)?.(message);
      this.replies.delete(message.id);
    } else if (!message.push) this.socket.send('{}');
  }

  receive({ v, c, n, u }) {
    if (v !== this.version) fail('A publication is missing or out of order.');
    this.version += u.length;
    for (const change of u) this.length = lengthAfter(change);
    if (c === this.page) {
      this.isWaiting = false;
      return;
    }
    delays.push(performance.now() - sentAt.get(`${c} ${n}`));
  }

  async write() {
    // A page has one push in flight as well.
    if (this.isWaiting) {
      waited++;
      return;
    }
    this.isWaiting = true;
    const middle = Math.floor(this.length / 2);
    const change = [middle, [0, 'x'], this.length - middle].filter((part) => part !== 0);
    const n = this.number++;
    sentAt.set(`${this.page} ${n}`, performance.now());
    sent++;
    const reply = await this.command('rpc', {
      method: 'pad.push', data: { doc: this.doc, version: this.version, c: this.page, n, updates: [change] },
    });
    if (!reply.error) return;
    refused++;
    console.error(reply.error.message);
  }
}

function lengthAfter(change) {
  return change.reduce((sum, part) => sum + (typeof part === 'number' ? part : part.slice(1).join('\n').length), 0);
}

const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const writers = Array.from({ length: options.writers }, (_, number) => new Writer(number));
for (const writer of writers) await writer.open();
const { doc } = await writers[0].call('pad.create', { title: 'bench' });
for (const writer of writers) await writer.join(doc);

const interval = 1000 / options.rate;
const timers = writers.map((writer, number) => {
  let timer;
  // Spread over the interval, as people are.
  setTimeout(() => {
    timer = setInterval(() => void writer.write(), interval);
  }, number * interval / writers.length);
  return () => clearInterval(timer);
});
await sleep(options.seconds * 1000);
for (const stop of timers) stop();
for (let left = 100; left > 0 && writers.some(({ isWaiting }) => isWaiting); left--) await sleep(50);
await sleep(200);

const text = await (await fetch(`http://localhost:${options.port}/pad/${doc}.txt`)).text();
delays.sort((a, b) => a - b);
const at = (part) => delays[Math.min(delays.length - 1, Math.floor(part * delays.length))] ?? Number.NaN;
const result = {
  writers: options.writers,
  changes: sent,
  refused,
  waited,
  arrivals: delays.length,
  p50: at(0.5).toFixed(1),
  p99: at(0.99).toFixed(1),
  max: at(1).toFixed(1),
};
console.log(JSON.stringify(result));
if (refused > 0) fail(`${refused} changes were refused.`);
if (text !== 'x'.repeat(sent) || writers.some(({ length }) => length !== sent)) fail('The text is not the one that the writers made.');
if (delays.length !== sent * (options.writers - 1)) fail('Changes did not arrive at every writer.');
if (options.p99 > 0 && !(at(0.99) <= options.p99)) fail(`99 of 100 arrivals took up to ${result.p99} ms, above --p99 ${options.p99}.`);
process.exit(0);
