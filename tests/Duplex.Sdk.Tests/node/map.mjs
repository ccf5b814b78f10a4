import assert from 'node:assert/strict';
import { api, channel, connected, data, event, mirrored } from './client.mjs';

const board = channel('board', 'board');
const text = 'a long text that stays as it is; '.repeat(8);
const put = (key, value) => ({ map_publish: { channel: board, key, data: { text: `${text}${value}` }, score: value } });
const stored = async () => {
  const { entries } = await api('map_read_state', { channel: board, limit: -1 });
  return new Map(entries.map((entry) => [entry.key, entry.data]));
};
const marked = (subscription, mark) => event(subscription, 'update', ({ key, removed }) => key === mark && !removed);
await api('batch', { commands: Array.from({ length: 250 }, (_, i) => put(`k${i}`, i)) });

for (const options of [{}, { pageSize: 150 }, { delta: 'fossil' }]) {
  const client = await connected();

  // Changes go on while the pages are loaded.
  const changing = api('batch', { commands: Array.from({ length: 100 }, (_, i) => (i % 3 ? put(`k${i * 2}`, -i) : { map_remove: { channel: board, key: `k${i}` } })) });
  const [subscription, map] = await mirrored(client, board, options);
  await changing;
  const done = marked(subscription, 'end');
  for (const i of [1, 2, 3]) await api('map_publish', put('ä€', i).map_publish);
  await api('map_publish', put('end', 1).map_publish);
  await done;
  assert.deepEqual(map, await stored());
  assert.equal(map.get('ä€').text, `${text}3`);

  const own = marked(subscription, 'own');
  await subscription.publish('own', data({ text: 'mine' }));
  await own;
  assert.deepEqual(map.get('own'), { text: 'mine' });
  const gone = event(subscription, 'update', ({ key, removed }) => key === 'own' && removed);
  await subscription.remove('own');
  await gone;
  assert.deepEqual(map, await stored());
  if (options.delta) assert.ok(subscription.deltaStats().numDeltaPayloads > 0);
  client.disconnect();
}

const stranger = await connected();
await assert.rejects(stranger.mapPublish(board, 'x', data(1)), (error) => error.code === 103);
const wrong = stranger.newSubscription(board);
const refused = event(wrong, 'unsubscribed');
wrong.subscribe();
assert.equal((await refused).code, 103);
stranger.disconnect();
