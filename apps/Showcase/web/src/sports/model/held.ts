/** Items that wait until the page shows their time, in the order of their arrival. */
export class Held<T> {
  readonly #items: { readonly time: number; readonly item: T }[] = [];

  add(time: number, item: T): void {
    this.#items.push({ time, item });
  }

  /** Removes and returns the items that are due. */
  take(limit: number): T[] {
    const due = this.#items.findIndex(({ time }) => time > limit);
    return this.#items.splice(0, due < 0 ? this.#items.length : due).map(({ item }) => item);
  }
}
