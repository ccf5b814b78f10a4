import type { ReadMarker } from './message';

/** The read markers of all users. Markers only move forward. */
export class Reads {
  readonly #markers = new Map<string, ReadMarker>();

  move(marker: ReadMarker): void {
    const known = this.#markers.get(marker.user);
    if (!known || known.id < marker.id) this.#markers.set(marker.user, marker);
  }

  /** Replaces all markers after an interruption without recovery: the earlier ones may belong to a different store. */
  restart(markers: readonly ReadMarker[]): void {
    this.#markers.clear();
    for (const marker of markers) this.move(marker);
  }

  of(user: string): number {
    return this.#markers.get(user)?.id ?? 0;
  }

  /**
   * Returns the readers of one user's messages: for each message, the other users for whom it is the last one they have
   * read. Each reader is listed once.
   */
  lastReadBy(own: readonly { id: number }[], except: string): Map<number, ReadMarker[]> {
    const readers = new Map<number, ReadMarker[]>();
    for (const marker of this.#markers.values()) {
      const last = own.findLast((message) => message.id <= marker.id);
      if (!last || marker.user === except) continue;
      readers.set(last.id, [...(readers.get(last.id) ?? []), marker]);
    }
    return readers;
  }
}
