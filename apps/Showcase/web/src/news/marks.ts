import type { Connection } from '../connection/connection';
import { isRefusal } from '../connection/refusal';
import type { Mark } from './model/messages';

const resendMilliseconds = 1000;

/** The stories that the reader has read, in every window. Marks that were made offline are sent later. */
export class Marks {
  readonly #connection: Connection;
  readonly #read = new Set<number>();
  readonly #unsent = new Map<number, boolean>();
  readonly #changed: () => void;
  #isSending = false;

  constructor(connection: Connection, changed: () => void) {
    [this.#connection, this.#changed] = [connection, changed];
    setInterval(() => void this.#flush(), resendMilliseconds);
  }

  /** Subscribes to the marks of the user, once the user is known. */
  follow(user: string): void {
    const subscription = this.#connection.client.newSubscription(`news-user:#${user}`);
    subscription.on('subscribed', ({ data }) => {
      this.#read.clear();
      for (const id of (data as { read: number[] }).read) this.#read.add(id);
      this.#changed();
    });
    subscription.on('publication', ({ data }) => this.#apply(data as Mark));
    subscription.subscribe();
  }

  isRead(id: number): boolean {
    return this.#unsent.get(id) ?? this.#read.has(id);
  }

  mark(ids: readonly number[], isRead: boolean): void {
    for (const id of ids) if (this.isRead(id) !== isRead) this.#unsent.set(id, isRead);
    this.#changed();
    void this.#flush();
  }

  #apply({ ids, isRead }: Mark): void {
    for (const id of ids)
      if (isRead) this.#read.add(id);
      else this.#read.delete(id);
    this.#changed();
  }

  async #flush(): Promise<void> {
    if (this.#isSending || this.#unsent.size === 0 || this.#connection.state !== 'connected') return;
    this.#isSending = true;
    const [[, isRead] = [0, true]] = this.#unsent;
    const ids = [...this.#unsent].filter(([, other]) => other === isRead).map(([id]) => id).slice(0, 100);
    try {
      await this.#connection.client.rpc('news.read', { ids, isRead });
      this.#apply({ ids, isRead });
      this.#forget(ids, isRead);
    } catch (error) {
      const { code } = error as { code: number };
      // Without a reply the marks are sent again; a mark that the server refuses is none.
      if (isRefusal(code)) this.#forget(ids, isRead);
    } finally {
      this.#isSending = false;
    }
  }

  #forget(ids: readonly number[], isRead: boolean): void {
    for (const id of ids) if (this.#unsent.get(id) === isRead) this.#unsent.delete(id);
    this.#changed();
  }
}
