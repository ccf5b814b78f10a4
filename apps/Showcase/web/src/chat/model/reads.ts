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

  /** Names of those, but `except`, who have read the message with this id. */
  readersOf(id: number, except: string): string[] {
    return [...this.#markers.values()]
      .filter((marker) => marker.user !== except && marker.id >= id)
      .map((marker) => marker.name);
  }
}
