import type { MapSubscription } from 'centrifuge';
import type { Connection } from '../../connection/connection';
import { keepEntries } from '../../connection/entries';

const shortestMilliseconds = 5000;
// An entry expires after three minutes, and a hidden tab has a timer once a minute.
const longestMilliseconds = 60_000;

/** What a visitor's page reports to the agents, with the visitor's consent. */
export interface Report {
  page: string;
  context: string;
}

/** The reports of a visitor's windows: each publishes its own as long as it is open, and agents read all. */
export class Reports {
  readonly #connection: Connection;
  readonly #subscription: MapSubscription;
  readonly #byWindow = new Map<string, Report>();
  #published = '';
  #publishedAt = -Infinity;

  constructor(connection: Connection, id: string, changed: () => void) {
    this.#connection = connection;
    this.#subscription = connection.client.newMapSubscription(`reports:${id}`);
    keepEntries(this.#subscription, this.#byWindow, changed);
    this.#subscription.on('sync', () => {
      this.#publishedAt = -Infinity;
    });
  }

  /** The latest report of each open window. */
  get all(): readonly Report[] {
    return [...this.#byWindow.values()];
  }

  follow(): void {
    this.#subscription.subscribe();
  }

  /** Publishes this window's report when it has changed, or would expire. */
  publish(report: Report, now: number): void {
    this.follow();
    const published = JSON.stringify(report);
    const interval = published === this.#published ? longestMilliseconds : shortestMilliseconds;
    if (this.#subscription.state !== 'subscribed' || now - this.#publishedAt < interval) return;
    this.#published = published;
    this.#publishedAt = now;
    // A lost report does not matter, because the next one follows.
    this.#subscription.publish('', report).catch(() => undefined);
  }

  /** Removes this window's report. */
  withdraw(): void {
    this.#subscription.unsubscribe();
  }

  leave(): void {
    this.#connection.end(this.#subscription);
  }
}
