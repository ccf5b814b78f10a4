import type { ReadMarker } from './message';

/** How far everybody has read. Markers only move forward. */
export class Reads {
  readonly #markers = new Map<string, ReadMarker>();

  move(marker: ReadMarker): void {
    const known = this.#markers.get(marker.user);
    if (!known || known.id < marker.id) this.#markers.set(marker.user, marker);
  }

  of(user: string): number {
    return this.#markers.get(user)?.id ?? 0;
  }

  /**
   * Who has read how far among one user's own messages: for each message the names of those, but that user, for whom
   * it is the last one they have read. Each reader is named once.
   */
  lastReadBy(own: readonly { id: number }[], except: string): Map<number, string[]> {
    const names = new Map<number, string[]>();
    for (const marker of this.#markers.values()) {
      const last = own.findLast((message) => message.id <= marker.id);
      if (!last || marker.user === except) continue;
      names.set(last.id, [...(names.get(last.id) ?? []), marker.name]);
    }
    return names;
  }
}
