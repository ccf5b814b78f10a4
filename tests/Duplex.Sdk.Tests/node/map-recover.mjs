import assert from 'node:assert/strict';
import { api, channel, connected, cut, data, event, mirrored, transport } from './client.mjs';

const board = channel('recover', 'board');
const user = channel('mapper');
const put = (key, value) => api('map_publish', { channel: board, key, data: value });
const stored = async () => {
  const { entries } = await api('map_read_state', { channel: board, limit: -1 });
  return new Map(entries.map((entry) => [entry.key, entry.data]));
};
for (const key of ['a', 'b', 'c']) await put(key, 1);

for (const options of [{}, { delta: 'fossil' }]) {
  const client = await connected({ data: data({ who: user }) });
  const [subscription, map] = await mirrored(client, board, options);
  let syncs = 0;
  subscription.on('sync', () => syncs++);

  const back = event(subscription, 'subscribed');
  if (transport === 'websocket') cut();
  else await api('disconnect', { user, disconnect: { code: 3011, reason: 'again' } });
  for (let i = 0; i < 5; i++) await put('a', i);
  await api('map_remove', { channel: board, key: 'b' });
  const { wasRecovering, recovered } = await back;
  assert.deepEqual([wasRecovering, recovered], [true, true]);
  const live = event(subscription, 'update', ({ key }) => key === 'live');
  await put('live', options);
  await live;
  assert.deepEqual(map, await stored());
  assert.equal(syncs, 0);

  // More changes than the stream keeps: the position is refused, and the map is loaded again.
  subscription.unsubscribe();
  await api('batch', { commands: Array.from({ length: 200 }, (_, i) => ({ map_publish: { channel: board, key: `k${i % 120}`, data: i } })) });
  const synced = event(subscription, 'sync');
  subscription.subscribe();
  await synced;
  assert.deepEqual(map, await stored());

  // A map that is cleared is loaded again.
  const cleared = event(subscription, 'sync', ({ entries }) => entries.length === 0);
  await api('map_clear', { channel: board });
  await cleared;
  const again = event(subscription, 'update');
  await put('b', 2);
  await again;
  assert.deepEqual(map, new Map([['b', 2]]));
  client.disconnect();
}
