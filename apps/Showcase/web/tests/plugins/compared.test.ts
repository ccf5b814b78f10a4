import { expect, test } from 'vitest';
import { interruptedRun } from '../../plugins/compared';

const run = (missed: string) => `| | Events | Requests | Bytes per event | Delay p50, ms | Missed events |
| --- | ---: | ---: | ---: | ---: | ---: |
| Long polling | 9 | 304 | 714 | 1 | 0 |
| WebSocket, bare | 8 | 2 | 145 | 1 | ${missed} |
`;

test('The run in which events were missed is taken from the document', () => {
  expect(interruptedRun(`# Why\n\n${run('0')}\nText\n\n${run('41')}\nmore`)).toEqual([
    ['', 'Requests', 'Bytes per event', 'Delay p50, ms', 'Missed events'],
    ['long poll', '304', '714', '1', '0'],
    ['WebSocket', '2', '145', '1', '41'],
  ]);
});

test('Without such a run there is no table', () => {
  expect(interruptedRun(`| a | b |\n| --- | --- |\n| 1 | 2 |\n\n${run('0')}`)).toBeUndefined();
});
