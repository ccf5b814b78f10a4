import { Centrifuge } from 'centrifuge';
import { type LineApi, problemOf } from '../../line/lineApi';
import type { LineSettings } from '../../line/profiles';
import type { Quote } from '../model/messages';

const firstCodeOfServer = 3000;

/** How a reader receives the list. */
export interface ReaderPlan {
  readonly id: string;
  readonly title: string;
  readonly settings: LineSettings;
  /** For a slow reader the first keeps the latest quote of each instrument, the second every quote. */
  readonly channel: 'board:all' | 'board-queued:all';
}

/** A reader of the list on a line and a connection of its own. */
export class Reader {
  readonly plan: ReaderPlan;
  readonly quotes = new Map<string, Quote>();
  received = 0;
  skipped = 0;
  bytes = 0;
  state: 'opening' | 'reading' | 'disconnected' | 'failed' = 'opening';
  /** The reason of a failure, or of the disconnect. */
  reason = '';
  /** The seconds after which the server disconnected the reader. */
  lasted = 0;

  readonly #api: LineApi;
  readonly #key: string;
  #line: string | undefined;
  #client: Centrifuge | undefined;
  #id = '';
  #startedAt = 0;
  #isAsking = false;

  constructor(plan: ReaderPlan, api: LineApi, key: string) {
    this.plan = plan;
    this.#api = api;
    this.#key = key;
  }

  /** Opens the line and subscribes to the instruments. */
  async start(symbols: readonly string[]): Promise<void> {
    try {
      const { id, port } = await this.#api.open(this.plan.settings);
      this.#line = id;
      this.#connect(port, symbols);
    } catch (error) {
      this.state = 'failed';
      this.reason = problemOf(error);
    }
  }

  /** The server has disconnected a client: the close frame is behind what the line holds, so the line is opened. */
  async left(client: string): Promise<void> {
    if (client === this.#id && this.#line !== undefined) await this.#api.change(this.#line, {}).catch(() => undefined);
  }

  stop(): void {
    this.#client?.disconnect();
    this.#client = undefined;
    if (this.#line !== undefined) this.#api.close(this.#line);
    this.#line = undefined;
  }

  /** Reads the bytes that the line has delivered, and the quotes that the server has skipped. */
  async measure(): Promise<void> {
    if (this.#line === undefined || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const counts = await this.#api.counts(this.#line);
      if (counts) this.bytes = counts.down.delivered;
      // A reader whose queue grows would wait for the reply behind all of it, and nothing is skipped there.
      if (this.state === 'reading' && this.plan.channel === 'board:all') await this.#countSkipped();
    } catch {
      // The server is away: the last figures stay.
    } finally {
      this.#isAsking = false;
    }
  }

  #connect(port: number, symbols: readonly string[]): void {
    const client = new Centrifuge(`ws://${location.hostname}:${port}/connection/websocket`, {
      data: { key: this.#key },
      name: 'showcase-reader',
      timeout: 30_000,
    });
    const subscription = client.newSubscription(this.plan.channel, {
      data: { symbols },
      tagsFilter: { key: 'symbol', cmp: 'in', vals: [...symbols] },
    });
    subscription.on('subscribed', ({ data }) => {
      this.state = 'reading';
      this.#startedAt = performance.now();
      for (const quote of (data as { quotes: Quote[] }).quotes) this.quotes.set(quote.s, quote);
    });
    subscription.on('publication', ({ data }) => {
      const quote = data as Quote;
      this.received++;
      this.quotes.set(quote.s, quote);
    });
    client.on('connected', ({ client: id }) => {
      this.#id = id;
    });
    client.on('connecting', ({ code, reason }) => {
      if (this.state !== 'reading' || code < firstCodeOfServer) return;
      this.state = 'disconnected';
      this.reason = `${code} (${reason})`;
      this.lasted = Math.round((performance.now() - this.#startedAt) / 1000);
      client.disconnect();
    });
    subscription.subscribe();
    client.connect();
    this.#client = client;
  }

  async #countSkipped(): Promise<void> {
    const reply = await this.#client?.rpc('duplex.subscription', { channel: this.plan.channel });
    if (reply) this.skipped = (reply.data as { skipped: number }).skipped;
  }
}
