import assert from 'node:assert/strict';
import { channel, connected, cut, data, event, mirrored, read, transport } from './client.mjs';

const room = channel('room', 'cursor');
const [ann, bob] = [await connected(), await connected()];
const id = read((await ann.rpc('whoami', data({}))).data).id;
const [hers] = await mirrored(ann, room);
const [his, map] = await mirrored(bob, room);

const moved = event(his, 'update');
await hers.publish('', data({ x: 1 }));
const context = await moved;
assert.equal(context.key, id);
assert.equal(context.info.client, id);
assert.deepEqual(map, new Map([[id, { x: 1 }]]));
await assert.rejects(hers.remove(''), (error) => error.code === 103);

const expired = event(his, 'update', ({ removed }) => removed);
assert.equal((await expired).key, id);
assert.equal(map.size, 0);

// Without a stream a client that returns loads all again.
await hers.publish('', data({ x: 2 }));
if (transport === 'websocket') {
  const synced = event(his, 'sync');
  cut();
  await synced;
}

const left = connected().then(async (carl) => {
  const [own] = await mirrored(carl, room);
  const there = event(his, 'update', ({ removed }) => !removed);
  await own.publish('anything', data({ x: 3 }));
  const { key } = await there;
  const gone = event(his, 'update', (update) => update.removed && update.key === key);
  carl.disconnect();
  await gone;
});
await left;
ann.disconnect();
bob.disconnect();
