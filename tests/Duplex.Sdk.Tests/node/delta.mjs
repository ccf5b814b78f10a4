import assert from 'node:assert/strict';
import { api, channel, connected, event, read, subscribed } from './client.mjs';

const client = await connected();
const [subscription] = await subscribed(client, channel('delta'), { delta: 'fossil' });
const seen = [];
subscription.on('publication', (context) => seen.push(read(context.data)));
const texts = ['ä', 'äö', 'äöü €'].map((end) => ({ text: `${'a long text that stays as it is; '.repeat(8)}${end}` }));
for (const text of texts.slice(0, -1)) await api('publish', { channel: channel('delta'), data: text });
const last = event(subscription, 'publication', (context) => read(context.data).text === texts.at(-1).text);
await api('publish', { channel: channel('delta'), data: texts.at(-1) });
await last;
assert.deepEqual(seen, texts);
client.disconnect();
