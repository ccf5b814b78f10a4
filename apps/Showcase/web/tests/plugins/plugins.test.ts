import { expect, test } from 'vitest';
import { statementOf } from '../../plugins/code';
import { comparisons } from '../../plugins/measured';

const source = `class Endpoints
{
    hub.MapChannel("one:{id}").OnSubscribe(() => true);
    hub.MapChannel("two:{id}")
        .OnSubscribe((string id) =>
        {
            Check(id);
            return true;
        });
    hub.MapChannel("open:{id}").OnSubscribe(() =>
`;

test.each([
  ['one', 'hub.MapChannel("one:{id}").OnSubscribe(() => true);'],
  ['two', `hub.MapChannel("two:{id}")
    .OnSubscribe((string id) =>
    {
        Check(id);
        return true;
    });`],
  ['open', undefined],
  ['missing', undefined],
])('The statement that maps the channel %s', (channel, statement) => {
  expect(statementOf(source, `hub.MapChannel("${channel}:{id}")`)).toBe(statement);
});

const results = `# Comparison

### echo

| server | messages per second | of |
| --- | --- | --- |
| Duplex, io_uring | 1,000 | 4 |
| Duplex, epoll | 900 | 4 |
| Kestrel + System.Net.WebSockets | 250 | 1 |

### memory

| server | kib per connection | of |
| --- | --- | --- |
| Duplex, io_uring | 0.50 | 0 |
| Kestrel + System.Net.WebSockets | 10 | 1 |

### fan-out of the hub

| server | messages per second | of |
| --- | --- | --- |
| Duplex, io_uring | 9 | 1 |
`;

test('Comparisons with the baseline are read from the results, and of costs less is better', () => {
  expect(comparisons(results)).toEqual([
    { work: 'echo', unit: 'messages per second', ours: '1,000', baseline: '250', factor: 4 },
    { work: 'memory', unit: 'kib per connection', ours: '0.50', baseline: '10', factor: 20 },
  ]);
});
