interface Sample {
  roundTrip: number;
  offset: number;
}

const keptSamples = 8;

/**
 * The server's clock as seen from here. Of the last samples the one with the shortest round trip is believed: its
 * error is at most half of that trip.
 */
export class ServerClock {
  readonly #samples: Sample[] = [];

  /** Milliseconds to add to this computer's clock to get the server's. */
  get offset(): number {
    return this.#best()?.offset ?? 0;
  }

  get isKnown(): boolean {
    return this.#samples.length > 0;
  }

  add(sentAt: number, receivedAt: number, serverTime: number): void {
    const roundTrip = receivedAt - sentAt;
    this.#samples.push({ roundTrip, offset: serverTime - (sentAt + roundTrip / 2) });
    if (this.#samples.length > keptSamples) this.#samples.shift();
  }

  /** How long ago the server stamped a message, in milliseconds; never below zero. */
  delayOf(serverTime: number, now: number): number {
    return Math.max(0, now + this.offset - serverTime);
  }

  #best(): Sample | undefined {
    let best: Sample | undefined;
    for (const sample of this.#samples) if (!best || sample.roundTrip <= best.roundTrip) best = sample;
    return best;
  }
}
