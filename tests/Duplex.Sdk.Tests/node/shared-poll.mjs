import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { connected, cut, data, event, read, token, transport, encoding, user } from './client.mjs';

// What a backend does: signs the keys its user may track.
function sign(channel, keys, seconds) {
  const now = Math.floor(Date.now() / 1000);
  const [iat, exp] = [`${now}`, `${now + seconds}`];
  const hash = createHash('sha256').update(keys.join('\0')).digest('hex');
  const mac = createHmac('sha256', 'poll-secret').update([iat, exp, user, channel, hash].join('\0')).digest('hex');
  return `${iat}:${exp}:${mac}`;
}

async function follow(client, options) {
  const channel = `prices:${transport}-${encoding}-${options.delta ?? 'whole'}`;
  const set = (key, value, version) => client.rpc('set-price', data({ channel, key, value, version }));
  await set('a', 1, 1);
  await set('b', 1, 1);

  // The first signatures end at once and are renewed.
  const signed = [];
  let onRenewed;
  const renewed = new Promise((resolve) => (onRenewed = resolve));
  async function getSignature({ keys }) {
    if (signed.push(keys) === 2) onRenewed();
    return { keys, signature: sign(channel, keys, signed.length === 1 ? 1 : 60) };
  }

  const subscription = client.newSharedPollSubscription(channel, { getSignature, ...options });
  const errors = [];
  subscription.on('error', (context) => errors.push(context));
  const is = (key, value) => (context) => context.key === key && (value === undefined ? context.removed : read(context.data).value === value);
  const firsts = Promise.all([event(subscription, 'update', is('a', 1)), event(subscription, 'update', is('b', 1))]);
  subscription.track(['a', 'b']);
  subscription.subscribe();
  await firsts;

  let next = event(subscription, 'update', is('a', 2));
  await set('a', 2, 2);
  await next;

  // The client gets another signature before the first one ends, and goes on.
  await renewed;

  if (transport === 'websocket') {
    const again = event(subscription, 'subscribed');
    cut();
    await again;
  }

  for (const value of [3, 4]) {
    next = event(subscription, 'update', is('a', value));
    await set('a', value, value);
    await next;
  }

  next = event(subscription, 'update', is('b'));
  await set('b', null, 0);
  await next;
  assert.deepEqual([...subscription.trackedKeys()], ['a']);

  subscription.untrack(['a']);
  assert.equal(subscription.trackedKeys().size, 0);
  assert.deepEqual(errors, []);
  if (options.delta) assert.ok(subscription.deltaStats().numDeltaPayloads > 0);
}

const client = await connected({ token });
await follow(client, {});

// The stand-alone server, whose users have tokens, has a file of its own that says nothing of deltas.
if (!token) await follow(client, { delta: 'fossil' });
client.disconnect();
