import type { Message, Pending } from './message';

/** What the outbox asks of its surroundings: a call to the server, and a place that outlives the page. */
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
 * Messages on their way, of all rooms. One is sent at a time, in order; what got no answer is sent again with the same
 * client id, so the server can tell that it has it already. Nothing is lost by a reload.
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

  /** Why the server holds this person back for a moment, in its words; empty while it does not. */
  get heldBack(): string {
    return this.#heldBack;
  }

  of(room: string): readonly Pending[] {
    return this.#pending.filter((pending) => pending.room === room);
  }

  /** False when too many wait already. */
  put(room: string, text: string): boolean {
    if (this.#pending.length >= keptPending) return false;
    // No two have the same time, so that a reload finds their order again.
    const time = Math.max(this.#post.now(), (this.#pending.at(-1)?.time ?? 0) + 1);
    const pending = { room, clientId: this.#post.makeId(), text, time };
    this.#pending.push(pending);
    this.#post.keep(pending);
    this.#changed();
    void this.flush();
    return true;
  }

  /** The message arrived by another way, for example as a publication. */
  settle(clientId: string): void {
    if (!this.#pending.some((pending) => pending.clientId === clientId)) return;
    this.#pending = this.#pending.filter((pending) => pending.clientId !== clientId);
    this.#post.drop(clientId);
    this.#changed();
  }

  /** Takes back a message that was refused. */
  discard(clientId: string): void {
    this.settle(clientId);
  }

  /** Sends what waits, as far as it goes. Call it whenever the connection stands. */
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
      // No answer: it may have arrived or not. The next flush asks again with the same client id.
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

// Codes below 100 are the client's own (no answer, no connection); 429 passes with time.
function isRefusal(code: number | undefined): boolean {
  return code !== undefined && code >= 101 && code !== tooFast && code !== 111;
}
