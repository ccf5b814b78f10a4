// Runs all attacks at once that one machine can make on the showcase within the protocol's grammar.
// node attacker.mjs PORT: runs until it is killed, and prints its counts as a line of JSON every second.
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { applicationAttacks } from './applications.mjs';
import { Client, frame, host, upgrade } from './client.mjs';

const port = Number(process.argv[2]);
const done = { commands: 0, refused: 0, visits: 0, sockets: 0 };
const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const key = () => randomBytes(32).toString('hex');
// The price and the amount of orders that rest: above a fifth of the market's price, and what an account can pay.
const restsAt = { SOLUSDT: [30, '1'], BTCUSDT: [20_000, '0.01'], ETHUSDT: [800, '0.1'] };
const symbols = Object.keys(restsAt);
const emoji = ['👍', '❤️', '😂', '🎉', '😮', '👀', '💩'];
const longText = '\u20ac'.repeat(2000);
let names = 0;

// Runs one client after another, each of which repeats the action until it is disconnected or refused.
async function forever(data, act) {
  for (;;) {
    const client = new Client(port);
    done.sockets++;
    const reply = await client.connect(data?.());
    if (reply?.connect) {
      while (!client.isGone) count(await act(client));
    } else {
      done.refused++;
    }
    client.end();
    await sleep(50);
  }
}

function count(replies) {
  done.commands += replies.length;
  for (const reply of replies) if (reply?.error) done.refused++;
}

const many = (number, attack) => Array.from({ length: number }, (_, i) => attack(i));
const withKey = () => ({ key: key(), name: `name ${randomBytes(4).toString('hex')}` });
const subscribe = (channel) => ['subscribe', { channel }];
const unsubscribe = (channel) => ['unsubscribe', { channel }];

const attacks = [
  // Channel names that are refused, each different.
  ...many(2, () => forever(undefined, (client) =>
    client.callAll(Array.from({ length: 100 }, () => subscribe(`chat:${names++}-${'x'.repeat(200)}`))))),
  // Subscribing and unsubscribing in a loop, with a join or leave to the other members each time.
  ...many(10, () => forever(withKey, (client) =>
    client.callAll(Array.from({ length: 20 }, (_, i) => (i % 2 ? unsubscribe : subscribe)('chat:lobby'))))),
  // Snapshots of the books, which the exchange's single writer creates.
  ...many(10, () => forever(undefined, (client) => client.callAll(symbols.flatMap((symbol) => [subscribe(`book:${symbol}`), unsubscribe(`book:${symbol}`)])))),
  // Messages of the maximum length, read markers, typing indicators.
  ...many(20, (i) => forever(withKey, (client) => client.callAll([
    ['rpc', { method: 'chat.send', data: { room: i % 2 ? 'lobby' : 'random', text: longText, clientId: key().slice(0, 32) } }],
    ['rpc', { method: 'chat.read', data: { room: 'lobby', id: 1_000_000 } }],
    ['publish', { channel: 'typing:lobby', data: {} }],
  ]))),
  // Messages that are edited, react to each other, are searched and deleted, in turn.
  ...many(8, (i) => forever(withKey, async (client) => {
    const room = i % 2 ? 'lobby' : 'random';
    const [sent] = await client.callAll([['rpc', { method: 'chat.send', data: { room, text: longText, clientId: key().slice(0, 32) } }]]);
    const id = sent?.rpc?.data.message.id ?? 1;
    return [sent, ...await client.callAll([
      ...many(5, () => ['rpc', { method: 'chat.edit', data: { room, id, text: longText } }]),
      ...many(6, (n) => ['rpc', { method: 'chat.react', data: { room, id, emoji: emoji[n % emoji.length], on: n % 2 === 0 } }]),
      ...many(5, (n) => ['rpc', { method: 'chat.search', data: { room, text: n % 2 ? '%_%_'.repeat(25) : '\u20ac'.repeat(100) } }]),
      ...many(5, () => ['publish', { channel: `typing:${room}`, data: {} }]),
      ['rpc', { method: 'chat.delete', data: { room, id } }],
    ])];
  })),
  // A read marker for each of many keys.
  ...many(2, () => forever(withKey, async (client) => {
    const replies = await client.callAll([['rpc', { method: 'chat.read', data: { room: 'random', id: 1_000_000 } }]]);
    client.end();
    return replies;
  })),
  // Orders that rest and orders that match, of accounts that replace each other.
  ...many(10, () => forever(withKey, async (client) => {
    const replies = [];
    for (let i = 0; i < 50 && !client.isGone; i++) {
      const symbol = symbols[i % 3];
      const [price, quantity] = restsAt[symbol];
      const order = { symbol, side: 'buy', type: 'limit', price: `${price + (i % 40)}.0${i % 10}`, quantity };
      const market = { symbol, side: i % 2 ? 'buy' : 'sell', type: 'market', quantity: '0.1' };
      replies.push(...await client.callAll([['rpc', { method: 'order.place', data: order }], ['rpc', { method: 'order.place', data: market }]]));
    }
    client.end();
    return replies;
  })),
  // The calls with the longest replies.
  ...many(5, () => forever(withKey, (client) => client.callAll(symbols.flatMap((symbol) => [
    ['rpc', { method: 'exchange.klines', data: { symbol, interval: '1m', limit: 1000 } }],
    ['rpc', { method: 'exchange.trades', data: { symbol, limit: 1000 } }],
    ['rpc', { method: 'chat.history', data: { room: 'lobby', limit: 100 } }],
    ['presence', { channel: 'chat:lobby' }],
  ])))),
  ...applicationAttacks(port, { many, key, count, sleep, forever, withKey }),
  // Visitors that disconnect before they are accepted: request, connect command and close frame in one segment.
  ...many(4, () => visitForever()),
  // Peers that subscribe to all channels and then read nothing, on each transport.
  ...many(20, () => deafForever()),
  ...many(10, () => deafStream(streamHead('GET', `/connection/sse?cf_connect=${encodeURIComponent('{"id":1,"connect":{}}')}`))),
  ...many(10, () => deafStream(streamHead('POST', '/connection/http_stream', `{"id":1,"connect":{}}\n${everything().map((channel, i) => JSON.stringify({ id: i + 2, subscribe: { channel } })).join('\n')}`))),
  // Sockets that send nothing, and half a request.
  ...many(100, (i) => silentForever(i % 2 ? 'GET /connection/websocket HTTP/1.1\r\nHost: ' : '')),
];

async function visitForever() {
  for (;;) {
    done.visits++;
    await new Promise((resolve) => {
      const socket = connect({ port, host });
      socket.on('error', resolve).on('close', resolve).on('end', () => socket.end()).resume();
      socket.write(Buffer.concat([
        Buffer.from(upgrade(port)), frame(JSON.stringify({ id: 1, connect: { data: withKey() } })), frame('\x03\xe8', 8),
      ]));
    });
  }
}

function everything() {
  return ['chat:lobby', ...symbols.flatMap((symbol) => [`book:${symbol}`, `depth:${symbol}`, `ticker:${symbol}`, `trades:${symbol}`, `kline:${symbol}@1s`])];
}

async function deafForever() {
  for (;;) {
    const client = new Client(port);
    done.sockets++;
    const reply = await client.connect();
    if (reply?.connect) {
      await client.callAll(everything().map(subscribe));
      client.turnDeaf();
      await Promise.race([client.ended, sleep(60_000)]);
    }
    client.end();
    await sleep(100);
  }
}

function streamHead(method, path, body = '') {
  return `${method} ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

async function deafStream(request) {
  for (;;) {
    const socket = connect({ port, host });
    done.sockets++;
    socket.on('error', () => {}).pause();
    const gone = new Promise((resolve) => socket.on('close', resolve));
    socket.write(request);
    await Promise.race([gone, sleep(60_000)]);
    socket.destroy();
    await sleep(100);
  }
}

async function silentForever(text) {
  for (;;) {
    const socket = connect({ port, host });
    done.sockets++;
    const gone = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => {}).on('end', () => socket.end()).resume();
    if (text) socket.write(text);
    await gone;
    await sleep(100);
  }
}

setInterval(() => console.log(JSON.stringify(done)), 1000);
process.on('disconnect', () => process.exit());
await Promise.all(attacks);
