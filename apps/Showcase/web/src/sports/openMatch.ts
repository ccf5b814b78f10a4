import type { Connection } from '../connection/connection';
import { missedWords, reportMissed, type Kind } from '../connection/missed';
import type { Incident, MatchData, MatchEvent, Stats } from './model/messages';
import { MatchLog } from './model/matchLog';
import { kindOf } from './model/words';

interface Listener {
  changed(): void;
  /** An entry arrived while the page was connected. */
  arrived(entry: Incident): void;
  missed(words: string): void;
  failed(reason: string): void;
}

/** The open match: the log of its incidents and its statistics. */
export class OpenMatch {
  data: MatchData | undefined;
  stats: Stats | undefined;
  readonly #log = new MatchLog();
  /** The delays in milliseconds of the entries that arrived live, by position in the log. */
  readonly delays = new Map<number, number>();

  constructor(connection: Connection, id: string, listener: Listener) {
    const { client } = connection;
    const subscription = client.newSubscription(`match:${id}`);
    connection.countRecovered(subscription);
    let isRecovering = false;
    const kind = (data: unknown) => kindOf((data as MatchEvent).incident);
    reportMissed(connection, subscription, kind, (words) => listener.missed(words));
    subscription.on('subscribed', ({ data, wasRecovering, recovered }) => {
      const before = this.log;
      this.data = data as MatchData;
      this.#log.entries = this.data.log;
      if (wasRecovering && !recovered) listener.missed(difference(before, this.log, connection.awayMilliseconds));
      isRecovering = wasRecovering;
      queueMicrotask(() => {
        isRecovering = false;
      });
      listener.changed();
    });
    subscription.on('publication', ({ data }) => {
      const event = data as MatchEvent;
      const { seq, incident } = event;
      if (this.#log.lacksBefore(event)) void this.#load(connection, id, listener);
      // The reply of the subscription contains the entries up to its moment.
      if (!this.#log.add(event)) return;
      const delay = connection.ageOf(incident.time);
      if (!isRecovering && delay !== undefined) this.delays.set(seq, delay);
      connection.stamped(incident.time);
      listener.arrived(incident);
      listener.changed();
    });
    subscription.on('unsubscribed', ({ reason }) => listener.failed(reason));
    subscription.subscribe();

    const stats = client.newSubscription(`stats:${id}`);
    const take = ({ data }: { data?: unknown }) => {
      if (data) this.stats = data as Stats;
      listener.changed();
    };
    stats.on('subscribed', take);
    stats.on('publication', take);
    stats.subscribe();
  }

  get log(): readonly Incident[] {
    return this.#log.entries;
  }

  /** Loads the entries that follow those of the log. */
  async #load({ client }: Connection, match: string, { changed }: Listener): Promise<void> {
    try {
      for (let isContinued = true; isContinued;) {
        const from = this.log.length + 1;
        const { data } = await client.rpc('sports.line', { match, from });
        const { entries, more } = data as { entries: readonly MatchEvent[]; more: boolean };
        for (const entry of entries) this.#log.add(entry);
        isContinued = more && this.log.length >= from;
        changed();
      }
    } catch {
      // The next entry, or the reply of the next subscription, continues the log.
    }
  }
}

// The server has forgotten the position of the page, but its log may continue the one that the page has.
function difference(before: readonly Incident[], log: readonly Incident[], awayMilliseconds: number): string {
  const counts = new Map<Kind, number>();
  for (const entry of log.slice(before.length)) {
    const kind = kindOf(entry);
    if (kind) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return missedWords(awayMilliseconds, counts);
}
