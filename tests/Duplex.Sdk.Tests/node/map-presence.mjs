import assert from 'node:assert/strict';
import { channel, connected, data, event, mirrored, read, subscribed } from './client.mjs';

const game = channel('match', 'game');
const watcher = await connected();
const [clients, present] = await mirrored(watcher, `clients:${game}`, {}, 'newMapClientsSubscription');
const [users] = await mirrored(watcher, `users:${game}`, {}, 'newMapUsersSubscription');

const player = await connected({ data: data({ who: 'ann' }) });
const id = read((await player.rpc('whoami', data({}))).data).id;
const [came, known] = [event(clients, 'update'), event(users, 'update')];
await subscribed(player, game);
const context = await came;
assert.equal(context.key, id);
assert.equal(context.info.user, 'ann');
assert.equal((await known).key, 'ann');

const late = await connected();
const [, found] = await mirrored(late, `clients:${game}`, {}, 'newMapClientsSubscription');
assert.deepEqual([...found.keys()], [id]);

const left = event(clients, 'update', ({ removed }) => removed);
player.disconnect();
assert.equal((await left).key, id);
assert.equal(present.size, 0);
late.disconnect();
watcher.disconnect();
