import { isRefusal } from '../connection/refusal';
import type { Message, Pending, Quote } from './message';

/** The dependencies of the outbox: the call to the server, and storage that outlives the page. */
export interface Post {
  send(pending: Pending): Promise<Message>;
  isConnected(): boolean;
  load(): Pending[];
  keep(pending: Pending): void;
  drop(clientId: string): void;
  now(): number;
  makeId(): string;
}

const keptPending = 100;
const tooFast = 429;

/**
 * The pending messages of all rooms. They are sent one at a time, in order. A message without a reply is sent again
 * with the same client id, by which the server detects duplicates. A reload loses no message.
 */
export class Outbox {
  readonly #post: Post;
  readonly #delivered: (message: Message) => void;
  readonly #changed: () => void;
  #pending: Pending[];
  #isSending = false;
  #heldBack = '';

  constructor(post: Post, delivered: (message: Message) => void, changed: () => void) {
    this.#post = post;
    this.#delivered = delivered;
    this.#changed = changed;
    this.#pending = post.load().sort((left, right) => left.time - right.time);
  }

  /** The server's message while it rate limits this user; otherwise empty. */
  get heldBack(): string {
    return this.#heldBack;
  }

  /** The pending messages of all rooms, in their order. */
  get pending(): readonly Pending[] {
    return this.#pending;
  }

  of(room: string): readonly Pending[] {
    return this.#pending.filter((pending) => pending.room === room);
  }

  /** Adds a message. Returns false when too many messages are pending. */
  put(room: string, text: string, reply?: { replyTo: number; quote: Quote }): boolean {
    if (this.#pending.length >= keptPending) return false;
    // Times are unique, so that a reload restores the order.
    const time = Math.max(this.#post.now(), (this.#pending.at(-1)?.time ?? 0) + 1);
    const pending: Pending = { room, clientId: this.#post.makeId(), text, time, ...reply };
    this.#pending.push(pending);
    this.#post.keep(pending);
    this.#changed();
    void this.flush();
    return true;
  }

  /** Removes a message that arrived in another way, for example as a publication. */
  settle(clientId: string): void {
    if (!this.#pending.some((pending) => pending.clientId === clientId)) return;
    this.#pending = this.#pending.filter((pending) => pending.clientId !== clientId);
    this.#post.drop(clientId);
    this.#changed();
  }

  /** Moves what is pending for one room to another one. A reload keeps the move. */
  move(from: string, to: string): void {
    for (const pending of this.of(from)) {
      pending.room = to;
      this.#post.keep(pending);
    }
  }

  /** Removes a rejected message. */
  discard(clientId: string): void {
    this.settle(clientId);
  }

  /** Sends the pending messages until one fails. Callers invoke it whenever the connection is open. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let next = this.#next(); next && this.#post.isConnected(); next = this.#next()) {
        const message = await this.#send(next);
        this.#hold('');
        if (!message) continue;
        this.settle(next.clientId);
        this.#delivered(message);
      }
      if (this.#next() === undefined) this.#hold('');
    } catch (error) {
      // Without a reply the message may or may not have been stored. The next flush retries with the same client id.
      const { code, message } = error as { code?: number; message?: string };
      this.#hold(code === tooFast ? (message ?? 'Too fast: wait a moment.') : '');
    } finally {
      this.#isSending = false;
    }
  }

  async #send(pending: Pending): Promise<Message | undefined> {
    try {
      return await this.#post.send(pending);
    } catch (error) {
      const { code, message } = error as { code?: number; message?: string };
      if (!isRefusal(code)) throw error;
      pending.problem = message ?? 'not accepted';
      this.#post.keep(pending);
      this.#changed();
      return undefined;
    }
  }

  #hold(words: string): void {
    if (words === this.#heldBack) return;
    this.#heldBack = words;
    this.#changed();
  }

  #next(): Pending | undefined {
    return this.#pending.find((pending) => pending.problem === undefined);
  }
}
