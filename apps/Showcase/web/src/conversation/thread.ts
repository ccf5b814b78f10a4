import type { Message } from './message';

/**
 * The messages of a room in the order of their ids, without duplicates: a message may arrive as the reply to its own
 * call, as a publication, as a recovered publication and in a page of history.
 */
export class Thread {
  readonly #messages: Message[] = [];
  readonly #ids = new Set<number>();

  /** Whether there may be messages older than the first loaded one. */
  hasOlder = true;

  get messages(): readonly Message[] {
    return this.#messages;
  }

  get lastId(): number {
    return this.#messages.at(-1)?.id ?? 0;
  }

  get firstId(): number | undefined {
    return this.#messages[0]?.id;
  }

  find(id: number): Message | undefined {
    return this.#ids.has(id) ? this.#messages.find((message) => message.id === id) : undefined;
  }

  /** Adds messages in any order, and replaces loaded ones by newer revisions. Returns the new ones. */
  add(messages: readonly Message[]): Message[] {
    const fresh = messages.filter((message) => !this.#ids.has(message.id));
    for (const message of messages) this.update(message);
    for (const message of fresh) {
      this.#ids.add(message.id);
      this.#insert(message);
    }
    return fresh;
  }

  /** Replaces a loaded message by a newer revision. */
  update(message: Message): void {
    if (!this.#ids.has(message.id)) return;
    const index = this.#messages.findIndex((loaded) => loaded.id === message.id);
    if ((message.revision ?? 0) > (this.#messages[index]?.revision ?? 0)) this.#messages[index] = message;
  }

  /**
   * Applies the latest messages after an interruption without recovery. The loaded messages are kept only if one of
   * them is also among the latest, because the server's store may be a different one with other ids. Returns whether
   * they were kept.
   */
  restart(latest: readonly Message[]): boolean {
    const known = new Map(this.#messages.map((message) => [message.id, message]));
    const joins = latest.some((message) => isSame(known.get(message.id), message));
    const agrees = latest.every((message) => !known.has(message.id) || isSame(known.get(message.id), message));
    const hasJoined = joins && agrees && this.lastId <= (latest.at(-1)?.id ?? 0);
    if (!hasJoined) {
      this.#messages.length = 0;
      this.#ids.clear();
      this.hasOlder = true;
    }
    this.add(latest);
    return hasJoined;
  }

  #insert(message: Message): void {
    let position = this.#messages.length;
    while (position > 0 && (this.#messages[position - 1]?.id ?? 0) > message.id) position--;
    this.#messages.splice(position, 0, message);
  }
}

function isSame(one: Message | undefined, other: Message): boolean {
  return one !== undefined && one.user === other.user && one.clientId === other.clientId;
}
