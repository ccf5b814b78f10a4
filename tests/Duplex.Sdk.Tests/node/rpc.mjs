import assert from 'node:assert/strict';
import { connected, data, read } from './client.mjs';

const client = await connected();
const { data: sum } = await client.rpc('add', data({ left: 2, right: 3 }));
assert.deepEqual(read(sum), { sum: 5 });
await assert.rejects(client.rpc('fail', data({})), (error) => error.code === 450 && error.message === 'no luck');
await assert.rejects(client.rpc('throw', data({})), (error) => error.code === 100);
await assert.rejects(client.rpc('unknown', data({})), (error) => error.code === 104);
await assert.rejects(client.rpc('add', data('text')), (error) => error.code === 107);
client.disconnect();
