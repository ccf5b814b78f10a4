import { describe, expect, test } from 'vitest';
import type { Connection } from '../src/connection/connection';
import { Reports } from '../src/support/model/reports';

const second = 1000;

/** The map of the reports on a server that a test plays. */
class ReportMap {
  state = 'unsubscribed';
  readonly published: unknown[] = [];
  readonly #listeners = new Map<string, ((context: unknown) => void)[]>();

  on = (event: string, listener: (context: never) => void) => {
    this.#listeners.set(event, [...this.#listeners.get(event) ?? [], listener as (context: unknown) => void]);
  };

  emit(event: string, context: unknown): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(context);
  }

  subscribe = () => {
    if (this.state === 'subscribed') return;
    this.state = 'subscribed';
    this.emit('sync', { entries: [] });
  };

  unsubscribe = () => {
    this.state = 'unsubscribed';
  };

  publish = (_: string, data: unknown) => {
    this.published.push(data);
    return Promise.resolve();
  };
}

function make() {
  const map = new ReportMap();
  let changes = 0;
  const connection = { client: { newMapSubscription: () => map } } as unknown as Connection;
  return { map, reports: new Reports(connection, 'a', () => changes++), changes: () => changes };
}

describe('reports', () => {
  const report = { page: '/chat', context: 'curl' };

  test('nothing is published before the visitor agrees, and a change is at most every five seconds', () => {
    const { map, reports } = make();
    expect(map.state).toBe('unsubscribed');
    reports.publish(report, 0);
    expect(map.published).toEqual([report]);
    const moved = { ...report, page: '/lab' };
    reports.publish(moved, 4 * second);
    expect(map.published).toEqual([report]);
    reports.publish(moved, 5 * second);
    expect(map.published).toEqual([report, moved]);
  });

  test('an unchanged report is repeated before it expires, and at once after a reconnect', () => {
    const { map, reports } = make();
    reports.publish(report, 0);
    reports.publish(report, 59 * second);
    expect(map.published).toHaveLength(1);
    reports.publish(report, 60 * second);
    expect(map.published).toHaveLength(2);
    map.state = 'subscribing';
    reports.publish(report, 200 * second);
    map.subscribe();
    reports.publish(report, 201 * second);
    expect(map.published).toHaveLength(3);
  });

  test('a visitor who withdraws the consent leaves the map', () => {
    const { map, reports } = make();
    reports.publish(report, 0);
    reports.withdraw();
    expect(map.state).toBe('unsubscribed');
  });

  test('agents read the report of each window until it is closed', () => {
    const { map, reports, changes } = make();
    reports.follow();
    map.emit('update', { key: 'one', data: report, removed: false });
    map.emit('update', { key: 'two', data: { ...report, page: '/lab' }, removed: false });
    expect(reports.all.map(({ page }) => page)).toEqual(['/chat', '/lab']);
    map.emit('update', { key: 'one', removed: true });
    expect(reports.all.map(({ page }) => page)).toEqual(['/lab']);
    expect(changes()).toBe(4);
  });
});
