import assert from 'node:assert/strict';
import { api, channel, connected, cut, data, event, read, subscribed, transport } from './client.mjs';

const user = channel('user');
const client = await connected({ data: data({ who: user }) });
const [subscription, first] = await subscribed(client, channel('log'));
assert.equal(first.recoverable, true);
const seen = [];
subscription.on('publication', (context) => seen.push(read(context.data)));
for (let i = 1; i <= 3; i++) await api('publish', { channel: channel('log'), data: i });

const back = event(subscription, 'subscribed');
if (transport === 'websocket') cut();
else await api('disconnect', { user, disconnect: { code: 3011, reason: 'again' } });
for (let i = 4; i <= 6; i++) await api('publish', { channel: channel('log'), data: i });
const context = await back;
assert.equal(context.wasRecovering, true);
assert.equal(context.recovered, true);
const last = event(subscription, 'publication', (publication) => read(publication.data) === 7);
await api('publish', { channel: channel('log'), data: 7 });
await last;
assert.deepEqual(seen, [1, 2, 3, 4, 5, 6, 7]);
client.disconnect();
