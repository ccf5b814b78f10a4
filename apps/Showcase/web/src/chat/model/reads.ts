import type { ReadMarker } from './message';

/** How far everybody has read. Markers only move forward. */
export class Reads {
  readonly #markers = new Map<string, ReadMarker>();

  move(marker: ReadMarker): void {
    const known = this.#markers.get(marker.user);
    if (!known || known.id < marker.id) this.#markers.set(marker.user, marker);
  }

  /** The state after a break that could not be bridged: what was known may be of another store. */
  restart(markers: readonly ReadMarker[]): void {
    this.#markers.clear();
    for (const marker of markers) this.move(marker);
  }

  of(user: string): number {
    return this.#markers.get(user)?.id ?? 0;
  }

  /**
   * Who has read how far among one user's own messages: for each message those, but that user, for whom
   * it is the last one they have read. Each reader is named once.
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
