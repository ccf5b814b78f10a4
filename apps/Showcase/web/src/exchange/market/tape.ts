export interface Trade {
  id: number;
  price: string;
  quantity: string;
  time: number;
  buyerIsMaker: boolean;
}

const keptTrades = 1000;

/**
 * The latest trades, newest first. Trade ids are consecutive, so skipped ids are counted as missing until the trades
 * are filled in.
 */
export class Tape {
  readonly #trades: Trade[] = [];
  readonly #missing = new Set<number>();
  #lastId = 0;

  get newestFirst(): readonly Trade[] {
    return this.#trades;
  }

  get last(): Trade | undefined {
    return this.#trades[0];
  }

  get missing(): number {
    return this.#missing.size;
  }

  /** Removes all trades: the ids of later trades are unrelated to them. */
  restart(): void {
    this.#trades.length = 0;
    this.#missing.clear();
    this.#lastId = 0;
  }

  /** Adds trades in the order of their ids and skips duplicates. Returns the trades newer than the latest one. */
  add(trades: readonly Trade[]): Trade[] {
    const fresh: Trade[] = [];
    for (const trade of trades) {
      if (trade.id > this.#lastId) {
        this.#note(trade.id);
        this.#trades.unshift(trade);
        fresh.push(trade);
        this.#lastId = trade.id;
      } else if (this.#missing.has(trade.id)) {
        this.fill([trade]);
      }
    }
    if (this.#trades.length > keptTrades) this.#trades.length = keptTrades;
    return fresh;
  }

  /** Merges past trades in any order: duplicates are skipped, and missing ids are resolved. */
  fill(trades: readonly Trade[]): void {
    const byId = new Map(this.#trades.map((trade) => [trade.id, trade]));
    for (const trade of trades) {
      byId.set(trade.id, trade);
      this.#missing.delete(trade.id);
    }
    this.#trades.splice(
      0,
      this.#trades.length,
      ...[...byId.values()].sort((left, right) => right.id - left.id),
    );
    if (this.#trades.length > keptTrades) this.#trades.length = keptTrades;
    this.#lastId = Math.max(this.#lastId, this.#trades[0]?.id ?? 0);
  }

  #note(id: number): void {
    if (this.#lastId === 0) return;
    // Only trades within the capacity of the tape count as missing.
    for (let missing = Math.max(this.#lastId + 1, id - keptTrades); missing < id; missing++)
      this.#missing.add(missing);
    for (const missing of this.#missing) {
      if (missing >= id - keptTrades) break;
      this.#missing.delete(missing);
    }
  }
}
