import assert from 'node:assert/strict';
import { api, channel, data, event, open, read } from './client.mjs';

const user = channel('carl');
const client = open({ data: data({ who: user, channel: channel('own') }) });
const done = event(client, 'subscribed', (context) => context.channel === channel('own'));
client.connect();
await done;
const arrived = event(client, 'publication');
await api('publish', { channel: channel('own'), data: 'hello' });
const context = await arrived;
assert.equal(context.channel, channel('own'));
assert.equal(read(context.data), 'hello');

const pushed = event(client, 'subscribed', (other) => other.channel === channel('second'));
await api('subscribe', { user: user, channel: channel('second') });
await pushed;
const removed = event(client, 'unsubscribed');
await api('unsubscribe', { user: user, channel: channel('second') });
assert.equal((await removed).channel, channel('second'));

const gone = event(client, 'disconnected');
await api('disconnect', { user: user });
assert.equal((await gone).code, 3503);
