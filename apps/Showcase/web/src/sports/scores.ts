import type { Connection } from '../connection/connection';
import type { ScoreEntry } from './model/messages';
import { longestSeconds } from './model/horizon';
import { Versions } from './model/versions';

/** The list of matches, with the versions that a late picture shows. */
export class Scores {
  readonly matches = new Map<string, Versions>();
  isLoaded = false;

  constructor(connection: Connection, changed: () => void) {
    const subscription = connection.client.newMapSubscription('scores:live');
    subscription.on('sync', ({ entries }) => {
      const known = new Set(entries.map(({ key }) => key));
      for (const id of this.matches.keys()) if (!known.has(id)) this.matches.delete(id);
      for (const { key, data } of entries) this.#take(key, data as ScoreEntry);
      this.isLoaded = true;
      changed();
    });
    subscription.on('update', ({ key, data, removed }) => {
      if (removed) this.matches.delete(key);
      else this.#take(key, data as ScoreEntry);
      changed();
    });
    subscription.subscribe();
  }

  forget(now: number): void {
    for (const versions of this.matches.values()) versions.forget(now - longestSeconds * 1000);
  }

  #take(id: string, entry: ScoreEntry): void {
    const versions = this.matches.get(id);
    if (versions) versions.take(entry);
    else this.matches.set(id, new Versions(entry));
  }
}
