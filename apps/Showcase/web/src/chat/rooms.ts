import type { Message } from '../conversation/message';
import { shownName } from '../conversation/names';

export interface RoomSummary {
  room: string;
  title: string;
  last?: Message;
  /** The id up to which this user has read; 0 without a read marker. */
  read: number;
}

/** The latest message of each room when this browser saw the room first. */
export interface FirstSeen {
  of(room: string): number | undefined;
  /** Stores the latest id unless an id is known; a known one that is higher belongs to an earlier store. */
  restart(room: string, last: number): void;
}

/**
 * The rooms with their latest message and their number of unread messages. The server sends states, not events (the
 * latest message, the marker), so a skipped or repeated publication is harmless.
 */
export class Rooms {
  readonly #firstSeen: FirstSeen;
  #rooms: RoomSummary[] = [];
  // The updates of this connection. Earlier ones may belong to a different store with other ids.
  #lasts = new Map<string, Message>();
  #reads = new Map<string, number>();

  constructor(firstSeen: FirstSeen) {
    this.#firstSeen = firstSeen;
  }

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
    for (const { room, last } of rooms) this.#firstSeen.restart(room, last?.id ?? 0);
    for (const message of this.#lasts.values()) this.take(message);
    for (const [room, id] of this.#reads) this.moveRead(room, id);
  }

  take(message: Message): void {
    if (isLater(message, this.#lasts.get(message.room))) this.#lasts.set(message.room, message);
    const summary = this.find(message.room);
    if (summary && isLater(message, summary.last)) summary.last = message;
  }

  /** Markers only move forward. */
  moveRead(room: string, id: number): void {
    this.#reads.set(room, Math.max(id, this.#reads.get(room) ?? 0));
    const summary = this.find(room);
    if (summary) summary.read = Math.max(summary.read, id);
  }

  unread(room: string): number {
    const summary = this.find(room);
    return summary ? Math.max(0, (summary.last?.id ?? 0) - this.readOf(summary)) : 0;
  }

  /** The id up to which nothing of a room counts as unread: for somebody new, what was there at the first visit. */
  readOf({ room, read }: RoomSummary): number {
    return read > 0 ? read : (this.#firstSeen.of(room) ?? 0);
  }

  /** Returns the room `step` positions after another one, wrapping around at the end. */
  neighbour(room: string, step: number): string | undefined {
    const count = this.#rooms.length;
    const index = this.#rooms.findIndex((summary) => summary.room === room);
    return this.#rooms[(index + step + count) % count]?.room;
  }
}

function isLater(message: Message, known: Message | undefined): boolean {
  if (!known || message.id > known.id) return true;
  return message.id === known.id && (message.revision ?? 0) > (known.revision ?? 0);
}

/** Returns the latest message in one line. */
export function lastWords({ last }: RoomSummary): string {
  if (!last) return 'no messages yet';
  return `${shownName(last.name)}: ${last.deleted ? 'message deleted' : last.text}`;
}
