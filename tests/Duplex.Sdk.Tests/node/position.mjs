import assert from 'node:assert/strict';
import { api, channel, connected, event, read, subscribed } from './client.mjs';

const name = channel('position');
const client = await connected();
const [subscription] = await subscribed(client, name);
const first = event(subscription, 'publication');
await api('publish', { channel: name, data: 1 });
await first;

// The stream starts over behind the back of a live connection: the server's check finds it, and the client is told.
const lost = event(subscription, 'subscribing', (context) => context.code === 2500);
const back = event(subscription, 'subscribed');
await api('history_remove', { channel: name });
await lost;
const { wasRecovering, recovered } = await back;
assert.deepEqual([wasRecovering, recovered], [true, false]);

const next = event(subscription, 'publication');
await api('publish', { channel: name, data: 2 });
const context = await next;
assert.deepEqual([read(context.data), context.offset], [2, 1]);
client.disconnect();
