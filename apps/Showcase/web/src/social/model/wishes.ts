import { isRefusal } from '../../connection/refusal';
import type { Counts, Mark } from './messages';

/** A state that the visitor wants a post to have, until the server has confirmed it. */
export interface Wish {
  mark: Mark;
  post: number;
  on: boolean;
}

/** The dependencies: the call, its outcomes, and storage that outlives the page. */
export interface WishPost {
  send(wish: Wish): Promise<Counts>;
  isConnected(): boolean;
  began(wish: Wish): void;
  /** Called with the confirmed state, and before `ended`. */
  confirmed(wish: Wish, counts: Counts): void;
  refused(wish: Wish, reason: string): void;
  ended(wish: Wish): void;
  load(): Wish[];
  keep(wish: Wish): void;
  drop(wish: Wish): void;
}

const mostWishes = 200;

/**
 * The likes and reposts that the server has not confirmed. They are sent one at a time; the latest wish of a post
 * counts, so clicks while a call is on its way are one further call at most. A wish without an answer is sent again:
 * states are absolute, so sending one twice changes nothing.
 */
export class Wishes {
  readonly #post: WishPost;
  readonly #wishes = new Map<string, Wish>();
  #isSending = false;

  constructor(post: WishPost) {
    this.#post = post;
    for (const wish of post.load().slice(-mostWishes)) this.#wishes.set(keyOf(wish), wish);
  }

  /** Returns the wanted state; undefined without a wish. */
  of(mark: Mark, post: number): boolean | undefined {
    return this.#wishes.get(keyOf({ mark, post }))?.on;
  }

  /** Wants a state. Returns false when too many wishes wait. */
  wish(wish: Wish): boolean {
    const key = keyOf(wish);
    if (!this.#wishes.has(key) && this.#wishes.size >= mostWishes) return false;
    this.#wishes.set(key, wish);
    this.#post.keep(wish);
    void this.flush();
    return true;
  }

  /** Sends the wishes until one has no answer. Callers invoke it whenever the connection is open. */
  async flush(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let next = this.#next(); next && this.#post.isConnected(); next = this.#next()) await this.#send(next);
    } catch {
      // Without a reply the state may or may not be set; the next flush sets it again.
    } finally {
      this.#isSending = false;
    }
  }

  async #send(wish: Wish): Promise<void> {
    this.#post.began(wish);
    try {
      const counts = await this.#post.send(wish);
      this.#settle(wish);
      this.#post.confirmed(wish, counts);
    } catch (error) {
      const { code, message } = error as { code?: number; message?: string };
      if (!isRefusal(code)) throw error;
      this.#settle(wish);
      this.#post.refused(wish, message ?? 'The server refused it.');
    } finally {
      this.#post.ended(wish);
    }
  }

  // A click while the call was on its way is a further wish.
  #settle(wish: Wish): void {
    if (this.#wishes.get(keyOf(wish)) !== wish) return;
    this.#wishes.delete(keyOf(wish));
    this.#post.drop(wish);
  }

  #next(): Wish | undefined {
    return this.#wishes.values().next().value;
  }
}

function keyOf({ mark, post }: Pick<Wish, 'mark' | 'post'>): string {
  return `${mark}:${post}`;
}
