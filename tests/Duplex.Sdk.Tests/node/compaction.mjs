import assert from 'node:assert/strict';
import { api, channel, connected, encoding, event, frames, read, subscribed, transport } from './client.mjs';

const names = [channel('first', 'short'), channel('second', 'short')];
const [ann, bob] = [await connected(), await connected()];
const subscriptions = [];
for (const name of names) subscriptions.push((await subscribed(ann, name))[0]);

// Publications, joins and leaves of each channel find their way by its number.
for (const [index, name] of names.entries()) {
  const subscription = subscriptions[index];
  const joined = event(subscription, 'join');
  const [his] = await subscribed(bob, name);
  await joined;
  frames.splice(0);
  const arrived = event(subscription, 'publication');
  await api('publish', { channel: name, data: index });
  const context = await arrived;
  assert.equal(read(context.data), index);
  assert.equal(context.channel, name);
  if (transport === 'websocket' && encoding === 'json') {
    assert.ok(frames.some((frame) => frame.includes('"pub"')));
    assert.ok(frames.filter((frame) => frame.includes('"pub"')).every((frame) => frame.startsWith('{"push":{"id":') && !frame.includes(name)));
  }

  const left = event(subscription, 'leave');
  his.unsubscribe();
  await left;
}

// A subscription that ends and begins anew is known by its new number.
const again = event(subscriptions[0], 'subscribed');
subscriptions[0].unsubscribe();
subscriptions[0].subscribe();
await again;
const arrived = event(subscriptions[0], 'publication');
await api('publish', { channel: names[0], data: 'again' });
assert.equal(read((await arrived).data), 'again');
ann.disconnect();
bob.disconnect();
