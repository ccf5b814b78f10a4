import type { Message } from '../conversation/message';

export interface RoomSummary {
  room: string;
  title: string;
  last?: Message;
  /** The id up to which this user has read; 0 without a read marker. */
  read: number;
}

/**
 * The rooms with their latest message and their number of unread messages. The server sends states, not events (the
 * latest message, the marker), so a skipped or repeated publication is harmless.
 */
export class Rooms {
  #rooms: RoomSummary[] = [];
  // The updates of this connection. Earlier ones may belong to a different store with other ids.
  #lasts = new Map<string, Message>();
  #reads = new Map<string, number>();

  get all(): readonly RoomSummary[] {
    return this.#rooms;
  }

  find(room: string): RoomSummary | undefined {
    return this.#rooms.find((summary) => summary.room === room);
  }

  /** Called for a new connection. The current rooms stay visible until the new state arrives. */
  reconnected(): void {
    this.#lasts.clear();
    this.#reads.clear();
  }

  /** Applies the state of a subscribe reply. Earlier updates of the same connection may be newer. */
  restart(rooms: readonly RoomSummary[]): void {
    this.#rooms = rooms.map((summary) => ({ ...summary }));
    for (const message of this.#lasts.values()) this.take(message);
    for (const [room, id] of this.#reads) this.moveRead(room, id);
  }

  take(message: Message): void {
    if (message.id > (this.#lasts.get(message.room)?.id ?? 0)) this.#lasts.set(message.room, message);
    const summary = this.find(message.room);
    if (summary && message.id > (summary.last?.id ?? 0)) summary.last = message;
  }

  /** Markers only move forward. */
  moveRead(room: string, id: number): void {
    this.#reads.set(room, Math.max(id, this.#reads.get(room) ?? 0));
    const summary = this.find(room);
    if (summary) summary.read = Math.max(summary.read, id);
  }

  unread(room: string): number {
    const summary = this.find(room);
    return summary ? Math.max(0, (summary.last?.id ?? 0) - summary.read) : 0;
  }

  /** Returns the room `step` positions after another one, wrapping around at the end. */
  neighbour(room: string, step: number): string | undefined {
    const count = this.#rooms.length;
    const index = this.#rooms.findIndex((summary) => summary.room === room);
    return this.#rooms[(index + step + count) % count]?.room;
  }
}
