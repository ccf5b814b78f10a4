import type { Message } from './message';

/**
 * The messages of a room in the order of their ids, each once: a message may arrive as the answer to its own call, as
 * a publication, as a recovered publication and in a page of history.
 */
export class Thread {
  readonly #messages: Message[] = [];
  readonly #ids = new Set<number>();

  /** Whether there may be older messages than the first one here. */
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

  /** Adds messages in any order. Gives back those that were not here. */
  add(messages: readonly Message[]): Message[] {
    const fresh = messages.filter((message) => !this.#ids.has(message.id));
    for (const message of fresh) {
      this.#ids.add(message.id);
      this.#insert(message);
    }
    return fresh;
  }

  /** The last messages after a break that could not be bridged: what is here stays only if it joins on. */
  restart(latest: readonly Message[]): void {
    const first = latest[0]?.id;
    if (first !== undefined && first > this.lastId && this.lastId > 0 && !this.#ids.has(first)) {
      this.#messages.length = 0;
      this.#ids.clear();
      this.hasOlder = true;
    }
    this.add(latest);
  }

  #insert(message: Message): void {
    let position = this.#messages.length;
    while (position > 0 && (this.#messages[position - 1]?.id ?? 0) > message.id) position--;
    this.#messages.splice(position, 0, message);
  }
}
