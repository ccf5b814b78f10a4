import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { api, channel, connected, data, event, read } from './client.mjs';

const user = channel('bearer');
const lives = { connection: [-5, 2, 60], renewed: [-5, 2, 60], expired: [2, undefined, 60] };
const asked = { connection: 0, renewed: 0, expired: 0 };
const waiting = {};
const third = Object.fromEntries(Object.keys(lives).map((kind) => [kind, new Promise((resolve) => (waiting[kind] = resolve))]));

// What a backend does. A life below zero has passed already; none at all is a backend that fails.
function token(kind, claims) {
  const seconds = lives[kind][Math.min(asked[kind]++, 2)];
  if (asked[kind] === 3) waiting[kind]();
  if (seconds === undefined) throw new Error('no token now');
  const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode({ ...claims, sub: user, exp: Math.floor(Date.now() / 1000) + seconds })}`;
  return `${body}.${createHmac('sha256', 'token-secret').update(body).digest('base64url')}`;
}

// An expired token is answered by the wish for another one; the next is renewed before it ends.
const client = await connected({ getToken: async () => token('connection', {}) });
const subscribe = (kind) => {
  const subscription = client.newSubscription(`$${channel(kind)}`, { getToken: async ({ channel }) => token(kind, { channel }) });
  const done = event(subscription, 'subscribed');
  subscription.subscribe();
  return done.then(() => subscription);
};

const renewed = await subscribe('renewed');
let restarts = 0;
renewed.on('subscribing', () => restarts++);
const expired = await subscribe('expired');
const told = event(expired, 'subscribing', (context) => context.code === 2501);
await third.connection;
await third.renewed;

// What is not renewed ends, and begins anew with another token.
const back = event(expired, 'subscribed');
await told;
await third.expired;
await back;

for (const subscription of [renewed, expired]) {
  const arrived = event(subscription, 'publication');
  await api('publish', { channel: subscription.channel, data: 'still here' });
  assert.equal(read((await arrived).data), 'still here');
}

assert.ok(read((await client.rpc('whoami', data({}))).data).id);
assert.deepEqual([client.state, restarts], ['connected', 0]);

// A token for another channel ends the connection for good.
const wrong = client.newSubscription(`$${channel('wrong')}`, { token: token('renewed', { channel: `$${channel('right')}` }) });
const gone = event(client, 'disconnected');
wrong.subscribe();
assert.equal((await gone).code, 3500);
