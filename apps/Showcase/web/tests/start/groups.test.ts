import { expect, test } from 'vitest';
import { columnsOf, type Group, grouped } from '../../src/start/application';

const of = (...groups: Group[]) => groups.map((group, index) => ({ group, index }));

test('Four applications in three groups: a group without applications does not appear', () => {
  expect(grouped(of('Watch', 'Talk', 'Why', 'Why')).map(({ name, members }) => [name, members.map(({ index }) => index)]))
    .toEqual([['Talk', [1]], ['Watch', [0]], ['Why', [2, 3]]]);
});

test('Twelve applications in four groups keep their order', () => {
  const twelve = of('Talk', 'Watch', 'Talk', 'Watch', 'Together', 'Why', 'Watch', 'Talk', 'Why', 'Watch', 'Together', 'Watch');
  expect(grouped(twelve).map(({ name, members }) => [name, members.map(({ index }) => index)]))
    .toEqual([['Talk', [0, 2, 7]], ['Watch', [1, 3, 6, 9, 11]], ['Together', [4, 10]], ['Why', [5, 8]]]);
});

test.each([[1, 1], [2, 2], [3, 3], [4, 4], [5, 3], [6, 3], [7, 4], [8, 4], [9, 3]])('%i cards stand in rows of %i', (count, columns) => {
  expect(columnsOf(count)).toBe(columns);
});
