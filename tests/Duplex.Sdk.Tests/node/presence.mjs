import assert from 'node:assert/strict';
import { channel, connected, event, subscribed } from './client.mjs';

const ann = await connected();
const [hers] = await subscribed(ann, channel('hall'), { joinLeave: true });
const joined = event(hers, 'join', (context) => Object.keys(context.info).length > 0);
const bob = await connected();
await subscribed(bob, channel('hall'));
await joined;

const { clients } = await hers.presence();
assert.equal(Object.keys(clients).length, 2);
assert.deepEqual(await hers.presenceStats(), { numClients: 2, numUsers: 1 });

const left = event(hers, 'leave');
bob.disconnect();
await left;
assert.equal((await hers.presenceStats()).numClients, 1);
ann.disconnect();
