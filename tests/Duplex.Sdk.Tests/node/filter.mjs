import assert from 'node:assert/strict';
import { api, channel, connected, cut, data, event, read, transport } from './client.mjs';

const user = channel('filterer');
const name = channel('kinds', 'tagged');
const client = await connected({ data: data({ who: user }) });
const put = (value, tags) => api('publish', { channel: name, data: value, tags });

const subscription = client.newSubscription(name, {
  tagsFilter: { op: 'and', nodes: [{ key: 'kind', cmp: 'eq', val: 'x' }, { key: 'price', cmp: 'gte', val: '10.5' }] },
});
const seen = [];
subscription.on('publication', (context) => seen.push(read(context.data)));
let done = event(subscription, 'subscribed');
subscription.subscribe();
await done;
await put('cheap', { kind: 'x', price: '9.75' });
await put('first', { kind: 'x', price: '10.50' });

// What is passed over while the client is away is not missing.
done = event(subscription, 'subscribed');
if (transport === 'websocket') cut();
else await api('disconnect', { user, disconnect: { code: 3011, reason: 'again' } });
await put('other', { kind: 'y', price: '11' });
await put('missed', { kind: 'x', price: '11' });
await put('untagged');
assert.equal((await done).recovered, true);
let last = event(subscription, 'publication', (context) => read(context.data) === 'live');
await put('live', { kind: 'x', price: '12' });
await last;
assert.deepEqual(seen, ['first', 'missed', 'live']);

// Another filter holds from the next subscribe on.
subscription.unsubscribe();
subscription.setTagsFilter({ key: 'kind', cmp: 'in', vals: ['y', 'z'] });
done = event(subscription, 'subscribed');
subscription.subscribe();
await done;
await put('x again', { kind: 'x', price: '13' });
last = event(subscription, 'publication', (context) => read(context.data) === 'z');
await put('z', { kind: 'z' });
await last;
assert.deepEqual(seen, ['first', 'missed', 'live', 'z']);

// What makes no sense, and a filter where none is allowed, is refused.
for (const [channelName, tagsFilter] of [[channel('senseless', 'tagged'), { op: 'xor', nodes: [] }], [channel('filtered'), { key: 'kind', cmp: 'ex' }]]) {
  const refused = client.newSubscription(channelName, { tagsFilter });
  const gone = event(refused, 'unsubscribed');
  refused.subscribe();
  assert.equal((await gone).code, 107);
}

client.disconnect();
