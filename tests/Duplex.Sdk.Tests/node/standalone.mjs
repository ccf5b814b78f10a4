// The stand-alone server as its users meet it: a token, a namespace of the file, the server API, and refusals.
import assert from 'node:assert/strict';
import { api, channel, connected, cut, data, event, open, read, subscribed, token, transport, user } from './client.mjs';

// Without a token, and with a false one.
for (const options of [{}, { token: `${token}x` }]) {
  const stranger = open(options);
  const refused = event(stranger, 'disconnected');
  stranger.connect();
  assert.ok((await refused).code >= 3500);
}

// Publications of a client and of the backend, in order, with tags and deltas.
const client = await connected({ token });
const [subscription, first] = await subscribed(client, channel('own'), { joinLeave: true, delta: 'fossil' });
assert.equal(first.recoverable, true);
const seen = [];
subscription.on('publication', (context) => seen.push(context));
const text = (n) => ({ text: `${'what stays as it is; '.repeat(10)}${n}` });
await subscription.publish(data(text(1)));
await api('publish', { channel: channel('own'), data: text(2), tags: { kind: 'x' }, delta: true });
const last = event(subscription, 'publication', (context) => read(context.data).text === text(3).text);
await api('broadcast', { channels: [channel('own'), channel('other')], data: text(3), delta: true });
await last;
assert.deepEqual(seen.map((context) => read(context.data)), [text(1), text(2), text(3)]);
assert.deepEqual(seen.map((context) => context.offset), [1, 2, 3]);
assert.equal(seen[0].info.user, user);
assert.equal(seen[1].tags.kind, 'x');

// History, presence and counts.
const history = await subscription.history({ limit: 10 });
assert.equal(history.publications.length, 3);
assert.deepEqual(Object.values((await subscription.presence()).clients).map((info) => info.user), [user]);
assert.deepEqual(await subscription.presenceStats(), { numClients: 1, numUsers: 1 });

// A tags filter, and who joins and leaves.
const second = await connected({ token });
const joined = event(subscription, 'join', (context) => context.info.client !== undefined);
const [filtered] = await subscribed(second, channel('own'), { tagsFilter: { key: 'kind', cmp: 'eq', val: 'x' } });
await joined;
const wanted = event(filtered, 'publication');
await api('publish', { channel: channel('own'), data: 'passed over', tags: { kind: 'y' } });
await api('publish', { channel: channel('own'), data: 'wanted', tags: { kind: 'x' } });
assert.equal(read((await wanted).data), 'wanted');
const left = event(subscription, 'leave');
second.disconnect();
await left;

// A connection that is lost misses nothing.
const back = event(subscription, 'subscribed');
if (transport === 'websocket') cut();
else await api('disconnect', { user, disconnect: { code: 3011, reason: 'again' } });
await api('publish', { channel: channel('own'), data: 'missed' });
assert.equal((await back).recovered, true);
if (read(seen.at(-1).data) !== 'missed') await event(subscription, 'publication', (context) => read(context.data) === 'missed');

// What the file does not allow.
await assert.rejects(client.rpc('other:anything', data({})), (error) => error.code === 104);
for (const [name, code] of [['other:1', 102], [`$${channel('secret')}`, 103]]) {
  const stranger = client.newSubscription(name);
  const refused = event(stranger, 'unsubscribed');
  stranger.subscribe();
  assert.equal((await refused).code, code);
}

// The backend has the last word.
const gone = event(client, 'disconnected');
await api('disconnect', { user });
assert.equal((await gone).code, 3503);
