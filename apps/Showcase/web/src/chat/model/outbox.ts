import type { Message, Pending } from './message';

/** What the outbox asks of its surroundings: a call to the server, and a place that outlives the page. */
export interface Post {
  send(text: string, clientId: string): Promise<Message>;
  isConnected(): boolean;
  load(): string | undefined;
  save(text: string): void;
  now(): number;
  makeId(): string;
}

const keptPending = 100;

/**
 * Messages on their way. One is sent at a time, in order; what got no answer is sent again with the same client id, so
 * the server can tell that it has it already. Nothing is lost by a reload.
 */
export class Outbox {
  readonly #post: Post;
  readonly #delivered: (message: Message) => void;
  readonly #changed: () => void;
  #pending: Pending[];
  #isSending = false;

  constructor(post: Post, delivered: (message: Message) => void, changed: () => void) {
    this.#post = post;
    this.#delivered = delivered;
    this.#changed = changed;
    this.#pending = read(post.load());
  }

  get pending(): readonly Pending[] {
    return this.#pending;
  }

  /** False when too many wait already. */
  put(text: string): boolean {
    if (this.#pending.length >= keptPending) return false;
    this.#pending.push({ clientId: this.#post.makeId(), text, time: this.#post.now() });
    this.#store();
    void this.flush();
    return true;
  }

  /** The message arrived by another way, for example as a publication. */
  settle(clientId: string): void {
    const before = this.#pending.length;
    this.#pending = this.#pending.filter((pending) => pending.clientId !== clientId);
    if (this.#pending.length !== before) this.#store();
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
        if (!message) continue;
        this.settle(next.clientId);
        this.#delivered(message);
      }
    } catch {
      // No answer: it may have arrived or not. The next flush asks again with the same client id.
    } finally {
      this.#isSending = false;
    }
  }

  async #send(pending: Pending): Promise<Message | undefined> {
    try {
      return await this.#post.send(pending.text, pending.clientId);
    } catch (error) {
      const { code, message } = error as { code?: number; message?: string };
      if (!isRefusal(code)) throw error;
      pending.problem = message ?? 'not accepted';
      this.#store();
      return undefined;
    }
  }

  #next(): Pending | undefined {
    return this.#pending.find((pending) => pending.problem === undefined);
  }

  #store(): void {
    this.#post.save(JSON.stringify(this.#pending));
    this.#changed();
  }
}

// Codes below 100 are the client's own (no answer, no connection); 429 passes with time.
function isRefusal(code: number | undefined): boolean {
  return code !== undefined && code >= 101 && code !== 429 && code !== 111;
}

function read(text: string | undefined): Pending[] {
  if (!text) return [];
  try {
    const stored: unknown = JSON.parse(text);
    return Array.isArray(stored) ? (stored as Pending[]) : [];
  } catch {
    return [];
  }
}
