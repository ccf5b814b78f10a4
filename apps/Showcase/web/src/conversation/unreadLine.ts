import type { Message } from './message';

/**
 * The position of the line above the unread messages. It marks the end of the read messages and stays there while the
 * user reads on, until the room loses the user's attention again.
 */
export class UnreadLine {
  #after: number | undefined;

  /** Sets the line when the room opens, the window is hidden, the connection is lost or the end scrolls away. */
  leave(read: number): void {
    this.#after = read;
  }

  /** Removes the line after the user has certainly seen everything. */
  clear(): void {
    this.#after = undefined;
  }

  /** Returns the id of the message above which the line is drawn; undefined when everything is read. */
  above(messages: readonly Message[], user: string): number | undefined {
    const after = this.#after;
    if (after === undefined) return undefined;
    return messages.find((message) => message.id > after && message.user !== user)?.id;
  }
}
