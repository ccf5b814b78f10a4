// A subscription at the client's own rate, and the count of the publications that it did not receive.
import assert from 'node:assert/strict';
import { api, channel, connected, data, event, read, subscribed, token } from './client.mjs';

const name = channel('paced', 'ticks');
const client = await connected(token ? { token } : {});
const [slow] = await subscribed(client, name, { data: data({ pace: { delay_ms: 1000, latest: true } }) });
const other = await connected(token ? { token } : {});
const [fast] = await subscribed(other, name);
const received = { slow: [], fast: [] };
slow.on('publication', (context) => received.slow.push(read(context.data)));
fast.on('publication', (context) => received.fast.push(read(context.data)));

// All are published before the delay is over, or in two batches on a busy machine: nothing is lost without being counted.
const last = event(slow, 'publication', (context) => read(context.data) === 20);
const all = event(fast, 'publication', (context) => read(context.data) === 20);
for (let i = 1; i <= 20; i++) await api('publish', { channel: name, data: i });
await all;
await last;
assert.deepEqual(received.fast, Array.from({ length: 20 }, (_, i) => i + 1));
assert.ok(received.slow.length < 20);
const state = async (of) => read((await of.rpc('duplex.subscription', data({ channel: name }))).data);
assert.deepEqual(await state(client), { skipped: 20 - received.slow.length, pace: { delay_ms: 1000, latest: true } });
assert.deepEqual(await state(other), { skipped: 0 });

// A pace outside the namespace's range is refused.
const refused = other.newSubscription(channel('hasty', 'ticks'), { data: data({ pace: { delay_ms: 1 } }) });
const gone = event(refused, 'unsubscribed');
refused.subscribe();
assert.equal((await gone).code, 107);
await assert.rejects(other.rpc('duplex.subscription', data({ channel: channel('hasty', 'ticks') })), (error) => error.code === 103);

client.disconnect();
other.disconnect();
