export interface Trade {
  id: number;
  price: string;
  quantity: string;
  time: number;
  buyerIsMaker: boolean;
}

const keptTrades = 1000;

/**
 * The last trades, newest first, checked by their ids, which count up without holes. Ids that were skipped are
 * remembered as missing until somebody brings them.
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

  /** Forgets everything: the ids of the trades to come have nothing to do with those that are here. */
  restart(): void {
    this.#trades.length = 0;
    this.#missing.clear();
    this.#lastId = 0;
  }

  /** Adds trades in the order of their ids; known ones are passed over. Gives back what is newer than before. */
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

  /** Merges trades of the past, in any order: what is here already stays, what was missing is no longer. */
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
    // Only what the tape could show is worth asking for.
    for (let missing = Math.max(this.#lastId + 1, id - keptTrades); missing < id; missing++)
      this.#missing.add(missing);
    for (const missing of this.#missing) {
      if (missing >= id - keptTrades) break;
      this.#missing.delete(missing);
    }
  }
}
