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
  // What this connection has brought. What came before may be of another store, with ids of its own.
  #lasts = new Map<string, Message>();
  #reads = new Map<string, number>();

  get all(): readonly RoomSummary[] {
    return this.#rooms;
  }

  find(room: string): RoomSummary | undefined {
    return this.#rooms.find((summary) => summary.room === room);
  }

  /** Another connection stands. What is here stays in sight until its state arrives. */
  reconnected(): void {
    this.#lasts.clear();
    this.#reads.clear();
  }

  /** The state after a subscribe. What this connection has brought before it may be newer. */
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

  /** The room `step` places after another one, around the end. */
  neighbour(room: string, step: number): string | undefined {
    const count = this.#rooms.length;
    const index = this.#rooms.findIndex((summary) => summary.room === room);
    return this.#rooms[(index + step + count) % count]?.room;
  }
}
