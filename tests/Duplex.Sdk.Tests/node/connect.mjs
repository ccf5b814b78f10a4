import assert from 'node:assert/strict';
import { data, event, open, read } from './client.mjs';

const client = open({ data: data({ who: 'ann' }) });
const done = event(client, 'connected');
client.connect();
const context = await done;
assert.match(context.client, /^[0-9a-f-]{36}$/);
assert.equal(read(context.data).hello, 'ann');
const gone = event(client, 'disconnected');
client.disconnect();
assert.equal((await gone).code, 0);
