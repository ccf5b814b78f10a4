import type { Message } from './message';

/**
 * The line above what came while nobody looked. It is drawn where reading stopped, and stays there while one reads on,
 * until attention leaves again.
 */
export class UnreadLine {
  #after = 0;

  /** Attention left: the room was opened, the window hidden, the connection lost, the end scrolled out of sight. */
  leave(read: number): void {
    this.#after = read;
  }

  /** Everything has been seen, for sure. */
  clear(): void {
    this.#after = 0;
  }

  /** The message above which the line is drawn. None for someone who has never read here. */
  above(messages: readonly Message[], user: string): number | undefined {
    if (this.#after === 0) return undefined;
    return messages.find((message) => message.id > this.#after && message.user !== user)?.id;
  }
}
