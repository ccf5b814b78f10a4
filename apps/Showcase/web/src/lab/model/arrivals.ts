/** The events that have arrived by one way. */
export class Arrivals {
  /** The number of different events. */
  events = 0;
  /** The number of events that arrived again. */
  doubled = 0;
  /** The bytes of the events as JSON. */
  bytes = 0;

  readonly #seen = new Set<number>();
  readonly #delays: number[] = [];
  #first = 0;
  #last = 0;

  /** Adds an event with its delay in milliseconds and its size. */
  add(number: number, delay: number, bytes: number): void {
    if (this.#seen.has(number)) {
      this.doubled++;
      return;
    }
    this.#seen.add(number);
    this.#delays.push(delay);
    this.events++;
    this.bytes += bytes;
    if (this.events === 1) this.#first = number;
    this.#first = Math.min(this.#first, number);
    this.#last = Math.max(this.#last, number);
  }

  /** The number of events that are missing between the first and the latest one. An event that is under way is not. */
  get missed(): number {
    return this.events === 0 ? 0 : this.#last - this.#first + 1 - this.events;
  }

  /** Returns the delay that a share of the events did not exceed, or undefined without events. */
  delay(share: number): number | undefined {
    const sorted = Float64Array.from(this.#delays).sort();
    return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  }
}
