import { Centrifuge, type Subscription } from 'centrifuge';
import { loggedSocket } from './loggedSocket';
import { ServerClock } from './serverClock';
import { WireLog } from './wireLog';

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'closed';

const probeIntervalMilliseconds = 5000;
const silentAfterMilliseconds = 8000;
const recoveredShownMilliseconds = 6000;

/** The page's one connection: the protocol's client, its state in words, and what goes over the wire. */
export class Connection {
  readonly client: Centrifuge;
  readonly log = new WireLog();
  readonly clock = new ServerClock();

  state: ConnectionState = 'connecting';
  reason = '';
  /** Attempts since the connection was lost. */
  attempt = 0;
  lostAt = 0;
  reconnects = 0;
  roundTrip: number | undefined;
  /** Milliseconds the last stamped message was on its way, smoothed. */
  oneWay: number | undefined;

  readonly #listeners = new Set<() => void>();
  #socket: WebSocket | undefined;
  #recovered = 0;
  #recoveredAt = 0;
  #wasConnected = false;

  /** `data` says who connects. */
  constructor(data: unknown) {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.client = new Centrifuge(`${scheme}://${location.host}/connection/websocket`, {
      data,
      websocket: loggedSocket(this.log, (socket) => this.#attempted(socket)),
      maxReconnectDelay: 5000,
      name: 'showcase',
    });
    this.client.on('connecting', (context) => this.#lost(context.reason));
    this.client.on('connected', () => this.#connected());
    this.client.on('disconnected', (context) => this.#closed(context.reason));
    // Errors of single attempts show as the attempt's number: the client tries again by itself.
    this.client.on('error', () => {});
    window.addEventListener('online', () => this.#changed());
    window.addEventListener('offline', () => this.#changed());
    setInterval(() => void this.#measure(), probeIntervalMilliseconds);
  }

  /** How many messages the last reconnect brought back, for a few seconds after it. */
  get recovered(): number | undefined {
    return Date.now() - this.#recoveredAt < recoveredShownMilliseconds ? this.#recovered : undefined;
  }

  /** Seconds without any frame when they are suspiciously many, else undefined. */
  get silentSeconds(): number | undefined {
    if (this.state !== 'connected' || this.log.lastIn === 0) return undefined;
    const silent = Date.now() - this.log.lastIn;
    return silent > silentAfterMilliseconds ? Math.floor(silent / 1000) : undefined;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Counts the publications that come back to this subscription after a reconnect. */
  countRecovered(subscription: Subscription): void {
    let isRecovering = false;
    subscription.on('subscribed', (context) => {
      if (!context.wasRecovering) return;
      // The recovered publications are handed out before this turn of the event loop ends.
      isRecovering = true;
      queueMicrotask(() => {
        isRecovering = false;
        this.#changed();
      });
    });
    subscription.on('publication', () => {
      if (isRecovering) this.#recovered++;
    });
  }

  /** A message stamped by the server arrived just now. */
  stamped(serverTime: number): void {
    if (!this.clock.isKnown) return;
    const delay = this.clock.delayOf(serverTime, Date.now());
    this.oneWay = this.oneWay === undefined ? delay : this.oneWay * 0.9 + delay * 0.1;
  }

  start(): void {
    this.client.connect();
  }

  /** Cuts the connection, to watch it come back. */
  cut(): void {
    this.#socket?.close();
  }

  #attempted(socket: WebSocket): void {
    this.#socket = socket;
    if (this.#wasConnected) this.attempt++;
    this.#changed();
  }

  #lost(reason: string): void {
    if (this.state === 'connected') {
      this.lostAt = Date.now();
      this.attempt = 0;
    }
    this.state = this.#wasConnected ? 'reconnecting' : 'connecting';
    this.reason = reason;
    this.roundTrip = undefined;
    this.#changed();
  }

  #connected(): void {
    this.state = 'connected';
    if (this.#wasConnected) {
      this.reconnects++;
      this.#recovered = 0;
      this.#recoveredAt = Date.now();
      setTimeout(() => this.#changed(), recoveredShownMilliseconds);
    }
    this.#wasConnected = true;
    this.#changed();
    // The first call may wait behind the page's own start: the second one measures the wire.
    void this.#measure().then(() => setTimeout(() => void this.#measure(), 500));
  }

  #closed(reason: string): void {
    this.state = 'closed';
    this.reason = reason;
    this.#changed();
  }

  async #measure(): Promise<void> {
    if (this.state !== 'connected') return;
    const sentAt = Date.now();
    const started = performance.now();
    try {
      const { data } = await this.client.rpc('time', {});
      this.roundTrip = performance.now() - started;
      this.clock.add(sentAt, sentAt + this.roundTrip, (data as { serverTime: number }).serverTime);
    } catch {
      this.roundTrip = undefined;
    }
    this.#changed();
  }

  #changed(): void {
    if (this.state === 'reconnecting' && !navigator.onLine) this.state = 'offline';
    else if (this.state === 'offline' && navigator.onLine) this.state = 'reconnecting';
    for (const listener of this.#listeners) listener();
  }
}
