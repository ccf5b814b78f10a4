import assert from 'node:assert/strict';
import { api, channel, connected, event, read, subscribed } from './client.mjs';

const client = await connected();
const [subscription] = await subscribed(client, channel('delta'), { delta: 'fossil' });
const seen = [];
subscription.on('publication', (context) => seen.push(read(context.data)));

// Each text shares bytes of its characters with the one before: the first (ä, ö), the last (é, ĩ), all but one (€, ₭).
const same = 'a long text that stays as it is; '.repeat(8);
const texts = ['ä', 'ö', 'öé', 'öĩ', '€', '₭', '😀', '🌀', '🌀ä'].map((middle) => ({ text: `${same}${middle}${same}` }));
const last = event(subscription, 'publication', (context) => read(context.data).text === texts.at(-1).text);
for (const text of texts) await api('publish', { channel: channel('delta'), data: text });
await last;
assert.deepEqual(seen, texts);
assert.equal(subscription.deltaStats().numDeltaPayloads, texts.length - 1);
client.disconnect();
