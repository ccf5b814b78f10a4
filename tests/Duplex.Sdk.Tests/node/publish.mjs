import assert from 'node:assert/strict';
import { channel, connected, data, event, read, subscribed } from './client.mjs';

const [ann, bob] = [await connected(), await connected()];
const [hers] = await subscribed(ann, channel('room'));
const [his] = await subscribed(bob, channel('room'));
const arrived = [event(hers, 'publication'), event(his, 'publication')];
await his.publish(data({ text: 'zażółć' }));
for (const context of await Promise.all(arrived)) {
  assert.deepEqual(read(context.data), { text: 'zażółć' });
  assert.equal(context.offset, 1);
}

const { data: own } = await bob.rpc('whoami', data({}));
assert.equal((await arrived[0]).info.client, read(own).id);

const history = await his.history({ limit: 10 });
assert.deepEqual(history.publications.map((publication) => read(publication.data)), [{ text: 'zażółć' }]);
assert.equal(history.offset, 1);

const left = event(his, 'unsubscribed');
his.unsubscribe();
assert.equal((await left).code, 0);
ann.disconnect();
bob.disconnect();
