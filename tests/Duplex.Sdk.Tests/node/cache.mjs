import assert from 'node:assert/strict';
import { api, channel, connected, cut, data, event, read, transport } from './client.mjs';

const user = channel('reader');
const client = await connected({ data: data({ who: user }) });
const put = (name, value) => api('publish', { channel: name, data: value });

async function follow(name, options) {
  const subscription = client.newSubscription(name, options);
  const seen = [];
  subscription.on('publication', (context) => seen.push(read(context.data)));
  const done = event(subscription, 'subscribed');
  subscription.subscribe();
  return { subscription, seen, first: await done };
}

// The latest value comes to who asks for it, and where the server says so to everybody.
for (const [namespace, options] of [['cache', { since: { offset: 0, epoch: '' } }], ['latest', {}]]) {
  const name = channel('value', namespace);
  for (const value of [1, 2, 3]) await put(name, value);
  const { subscription, seen, first } = await follow(name, options);
  assert.deepEqual([first.wasRecovering, first.recovered], [true, true]);

  // Who returns gets the latest one alone, however many there were.
  const back = event(subscription, 'subscribed');
  if (transport === 'websocket') cut();
  else await api('disconnect', { user, disconnect: { code: 3011, reason: 'again' } });
  for (const value of [4, 5]) await put(name, value);
  await back;
  const last = event(subscription, 'publication', (context) => read(context.data) === 6);
  await put(name, 6);
  await last;
  assert.equal(seen[0], 3);
  assert.deepEqual(seen.slice(-2), [5, 6]);
  subscription.unsubscribe();
}

// Nobody is given what nobody published.
const { seen, first } = await follow(channel('nothing', 'cache'), { since: { offset: 0, epoch: '' } });
assert.deepEqual([first.wasRecovering, first.recovered, seen], [true, false, []]);
client.disconnect();
