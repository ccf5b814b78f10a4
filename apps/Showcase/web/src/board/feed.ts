import type { Subscription } from 'centrifuge';
import type { ExchangeMarkets } from './exchangeMarkets';
import type { Connection } from '../connection/connection';
import type { Quote } from './model/messages';
import { exchangeSector, type Selection, wantedOf } from './model/selection';
import type { Row } from './model/table';

/** The rates to choose from: the delay for which the server collects the latest prices. */
export const paces = [
  { id: 'live', title: 'Live', hint: '20 a second', delay: 50 },
  { id: 'calm', title: 'Calm', hint: '4 a second', delay: 250 },
  { id: 'slow', title: 'Slow', hint: '1 a second', delay: 1000 },
] as const;

export type Pace = (typeof paces)[number];

type Take = (quotes: readonly Quote[], isPublished: boolean) => void;

/**
 * The subscription of the rows that are shown. A subscription keeps its filter and its pace, so a change ends it and
 * begins another one, whose reply has the prices of that moment.
 */
export class Feed {
  isPaused = false;
  skipped = 0;
  pace: Pace = paces[0];

  readonly #connection: Connection;
  readonly #take: Take;
  readonly #markets: ExchangeMarkets;
  #subscription: Subscription | undefined;
  #wanted = '';
  #isAsking = false;

  constructor(connection: Connection, take: Take, markets: ExchangeMarkets) {
    this.#connection = connection;
    this.#take = take;
    this.#markets = markets;
  }

  get isSubscribed(): boolean {
    return this.#subscription?.state === 'subscribed';
  }

  /** Subscribes to the rows, unless that is what the page has. */
  want(selection: Selection, rows: readonly Row[]): void {
    const wanted = this.isPaused ? undefined : wantedOf(selection, rows);
    const key = JSON.stringify([wanted, this.pace.delay]);
    this.#markets.want(!this.isPaused && rows.some(({ sector }) => sector === exchangeSector), this.pace.delay);
    if (key === this.#wanted) return;
    this.#wanted = key;
    this.#end();
    if (!wanted) return;
    const subscription = this.#connection.client.newSubscription('board:all', {
      data: { ...wanted.data, pace: { delay_ms: this.pace.delay, latest: true } },
      ...(wanted.filter ? { tagsFilter: wanted.filter } : {}),
    });
    subscription.on('subscribed', ({ data }) => this.#take((data as { quotes: Quote[] }).quotes, false));
    subscription.on('publication', ({ data }) => {
      this.#connection.stamped((data as Quote).t);
      this.#take([data as Quote], true);
    });
    subscription.subscribe();
    this.#subscription = subscription;
  }

  /** Asks how many quotes the server has not sent because newer ones took their place. */
  async countSkipped(): Promise<void> {
    if (!this.isSubscribed || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const { data } = await this.#connection.client.rpc('duplex.subscription', { channel: 'board:all' });
      this.skipped = (data as { skipped: number }).skipped;
    } catch {
      // The connection was lost: the last count stays until the next one.
    } finally {
      this.#isAsking = false;
    }
  }

  #end(): void {
    if (!this.#subscription) return;
    this.#connection.end(this.#subscription);
    this.#subscription = undefined;
    this.skipped = 0;
  }
}
