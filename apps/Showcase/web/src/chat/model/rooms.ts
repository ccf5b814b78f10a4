import type { Message } from './message';

export interface RoomSummary {
  room: string;
  title: string;
  last?: Message;
  /** The id up to which this user has read; 0 when never. */
  read: number;
}

/**
 * The rooms with their latest message and what is unread. The server sends states and not events (the latest message,
 * the marker), so one that is skipped or comes twice changes nothing.
 */
export class Rooms {
  #rooms: RoomSummary[] = [];

  get all(): readonly RoomSummary[] {
    return this.#rooms;
  }

  find(room: string): RoomSummary | undefined {
    return this.#rooms.find((summary) => summary.room === room);
  }

  /** The state after a subscribe. */
  restart(rooms: readonly RoomSummary[]): void {
    const before = this.#rooms;
    this.#rooms = rooms.map((summary) => ({ ...summary }));
    for (const { room, last, read } of before) {
      if (last) this.take(last);
      this.moveRead(room, read);
    }
  }

  take(message: Message): void {
    const summary = this.find(message.room);
    if (summary && message.id > (summary.last?.id ?? 0)) summary.last = message;
  }

  /** Markers only move forward. */
  moveRead(room: string, id: number): void {
    const summary = this.find(room);
    if (summary) summary.read = Math.max(summary.read, id);
  }

  unread(room: string): number {
    const summary = this.find(room);
    return summary ? Math.max(0, (summary.last?.id ?? 0) - summary.read) : 0;
  }

  /** The room `step` places after another one, around the end. */
  neighbour(room: string, step: number): string | undefined {
    const count = this.#rooms.length;
    const index = this.#rooms.findIndex((summary) => summary.room === room);
    return this.#rooms[(index + step + count) % count]?.room;
  }
}
