export type Side = 'bids' | 'asks';

/** One side of the book: quantities in steps by price in ticks, with the prices sorted from best to worst. */
export class BookSide {
  readonly #sign: 1 | -1;
  readonly #prices: number[] = [];
  readonly #quantities = new Map<number, number>();

  constructor(side: Side) {
    this.#sign = side === 'asks' ? 1 : -1;
  }

  get prices(): readonly number[] {
    return this.#prices;
  }

  get best(): number | undefined {
    return this.#prices[0];
  }

  quantityAt(price: number): number {
    return this.#quantities.get(price) ?? 0;
  }

  clear(): void {
    this.#prices.length = 0;
    this.#quantities.clear();
  }

  /** Sets the total quantity of a level; zero removes it. Removing an absent level has no effect. */
  set(price: number, quantity: number): void {
    const isKnown = this.#quantities.has(price);
    if (quantity > 0) {
      this.#quantities.set(price, quantity);
      if (!isKnown) this.#prices.splice(this.#position(price), 0, price);
    } else if (isKnown) {
      this.#quantities.delete(price);
      this.#prices.splice(this.#position(price), 1);
    }
  }

  /** Removes the worst levels beyond `count`. */
  trim(count: number): void {
    while (this.#prices.length > count) {
      const worst = this.#prices.pop();
      if (worst !== undefined) this.#quantities.delete(worst);
    }
  }

  /** Returns the index of a price, or the index at which to insert it. */
  #position(price: number): number {
    let low = 0;
    let high = this.#prices.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (((this.#prices[middle] ?? 0) - price) * this.#sign < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
