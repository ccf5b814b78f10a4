import type { MapSubscription } from 'centrifuge';

/**
 * Keeps the entries of a map subscription in a map: all of them with each synchronization, then each change. `changed`
 * is called after either.
 */
export function keepEntries<T>(subscription: MapSubscription, kept: Map<string, T>, changed: () => void): void {
  subscription.on('sync', ({ entries }) => {
    kept.clear();
    for (const { key, data } of entries) kept.set(key, data as T);
    changed();
  });
  subscription.on('update', ({ key, data, removed }) => {
    if (removed) kept.delete(key);
    else kept.set(key, data as T);
    changed();
  });
}
