// Simulates an honest visitor on another machine, with another address than the attacker.
// node visitor.mjs PORT ADDRESS: runs until it is ended, and prints a line of JSON for each second: the delays of its
// operations in milliseconds, and a sentence for each failure.
import { performance } from 'node:perf_hooks';
import { randomBytes } from 'node:crypto';
import { Client } from './client.mjs';

const [port, address] = [Number(process.argv[2]), process.argv[3]];
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const key = randomBytes(32).toString('hex');
let second = { calls: [], messages: [], orders: [], visits: [], failures: [] };

async function timed(list, what, act) {
  const start = performance.now();
  const problem = await act();
  if (problem) second.failures.push(`${what}: ${problem}`);
  second[list].push(performance.now() - start);
}

const problemOf = (reply) => reply === undefined ? 'the connection was lost' : reply.error?.message;

async function connected() {
  for (;;) {
    const client = new Client(port, address);
    const problem = problemOf(await client.connect({ key, name: 'Ada' }));
    if (!problem) return client;
    second.failures.push(`connecting: ${problem}`);
    client.end();
    await sleep(500);
  }
}

async function stay(pause, act) {
  for (;;) {
    const client = await connected();
    while (!client.isGone) {
      await act(client);
      await sleep(pause);
    }
    second.failures.push('the connection was lost');
  }
}

setInterval(() => {
  console.log(JSON.stringify(second));
  second = { calls: [], messages: [], orders: [], visits: [], failures: [] };
}, 1000);
process.on('disconnect', () => process.exit());

await Promise.all([
  stay(100, (client) => timed('calls', 'a call', async () => problemOf(await client.rpc('time', {})))),
  stay(3000, (client) => timed('messages', 'a message', async () =>
    problemOf(await client.rpc('chat.send', { room: 'lobby', text: 'Hello', clientId: randomBytes(16).toString('hex') })))),
  stay(2000, (client) => timed('orders', 'an order', async () => {
    const placed = await client.rpc('order.place', { symbol: 'SOLUSDT', side: 'buy', type: 'limit', price: '40.00', quantity: '1' });
    const id = placed?.rpc?.data.order.id;
    return problemOf(placed) ?? problemOf(await client.rpc('order.cancel', { symbol: 'SOLUSDT', id }));
  })),
  (async () => {
    for (;; await sleep(2000)) {
      await timed('visits', 'a visit', async () => {
        const client = new Client(port, address);
        const problem = problemOf(await client.connect({ key })) ?? problemOf(await client.call('subscribe', { channel: 'book:SOLUSDT' }))
          ?? problemOf(await client.rpc('account.balances', {}));
        client.end();
        return problem;
      });
    }
  })(),
]);
