import { keepEntries } from '../connection/entries';
import type { Connection } from '../connection/connection';
import type { Source } from './model/messages';

/** The sources of the wire. */
export class Sources {
  readonly #sources = new Map<string, Source>();

  constructor(connection: Connection, changed: () => void) {
    const subscription = connection.client.newMapSubscription('sources:all');
    keepEntries(subscription, this.#sources, changed);
    subscription.subscribe();
  }

  get all(): readonly Source[] {
    return [...this.#sources.values()].sort((one, other) => one.name < other.name ? -1 : 1);
  }

  readonly nameOf = (id: string): string => this.#sources.get(id)?.name ?? id;
}
