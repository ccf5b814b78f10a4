import { Centrifuge, type Subscription } from 'centrifuge';
import { Lateness } from './lateness';
import { loggedSocket } from './loggedSocket';
import { ServerClock } from './serverClock';
import { WireLog } from './wireLog';

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'closed';

const probeIntervalMilliseconds = 5000;
const firstCodeOfServer = 100;
const judgeIntervalMilliseconds = 500;
const recoveredShownMilliseconds = 6000;
// On a slow line an answer may wait behind what the page asked for at its start.
const callTimeoutMilliseconds = 15_000;

// Unlike the time of day this never steps.
const now = () => performance.timeOrigin + performance.now();

/** The page's one connection: the protocol's client, its state in words, and what goes over the wire. */
export class Connection {
  readonly client: Centrifuge;
  readonly log = new WireLog();
  readonly clock = new ServerClock();

  state: ConnectionState = 'connecting';
  reason = '';
  /** Why the server did not let the last attempt in, in its words; it is asked again by itself. */
  refusal = '';
  /** Attempts since the connection was lost. */
  attempt = 0;
  lostAt = 0;
  reconnects = 0;
  roundTrip: number | undefined;
  /** Milliseconds the last stamped message was on its way, smoothed. */
  oneWay: number | undefined;

  readonly #listeners = new Set<() => void>();
  readonly #lateness = new Lateness();
  #wasLate = false;
  #isMeasuring = false;
  #isRecovering = false;
  #openedAt = 0;
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
      timeout: callTimeoutMilliseconds,
      name: 'showcase',
    });
    this.client.on('connecting', (context) => this.#lost(context.reason));
    this.client.on('connected', ({ data }) => this.#connected(data));
    this.client.on('disconnected', (context) => this.#closed(context.reason));
    // Errors of single attempts show as the attempt's number: the client tries again by itself.
    this.client.on('error', ({ type, error }) => {
      this.refusal = type === 'connect' && error.code >= firstCodeOfServer ? error.message : '';
      this.#changed();
    });
    window.addEventListener('online', () => this.#changed());
    window.addEventListener('offline', () => this.#changed());
    setInterval(() => void this.#measure(), probeIntervalMilliseconds);
    setInterval(() => this.#judge(), judgeIntervalMilliseconds);
  }

  /** How many messages the last reconnect brought back, for a few seconds after it. */
  get recovered(): number | undefined {
    return Date.now() - this.#recoveredAt < recoveredShownMilliseconds ? this.#recovered : undefined;
  }

  /** Milliseconds by which what arrives is late, when that is too much to act on, else undefined. */
  get lateBy(): number | undefined {
    return this.state === 'connected' ? this.#lateness.by(now()) : undefined;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Counts the publications that come back to this subscription after a reconnect. */
  countRecovered(subscription: Subscription): void {
    subscription.on('subscribed', (context) => {
      if (!context.wasRecovering) return;
      // The recovered publications are handed out before this turn of the event loop ends.
      this.#isRecovering = true;
      queueMicrotask(() => {
        this.#isRecovering = false;
        this.#changed();
      });
    });
    subscription.on('publication', () => {
      if (this.#isRecovering) this.#recovered++;
    });
  }

  /** A message stamped by the server arrived just now. What a recovery brings is old and says nothing of the line. */
  stamped(serverTime: number): void {
    if (!this.clock.isKnown || this.#isRecovering) return;
    const delay = this.clock.delayOf(serverTime, now());
    this.oneWay = this.oneWay === undefined ? delay : this.oneWay * 0.9 + delay * 0.1;
    this.#lateness.arrived(delay, now());
    this.#judge();
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
    socket.addEventListener('open', () => {
      this.#openedAt = now();
    });
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

  #connected(data: unknown): void {
    this.state = 'connected';
    this.refusal = '';
    this.oneWay = undefined;
    this.#lateness.restart();
    // The first answer of a connection comes before anything can stand in its way.
    const { serverTime } = data as { serverTime: number };
    this.clock.add(this.#openedAt, now(), serverTime);
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
    if (this.state !== 'connected' || this.#isMeasuring) return;
    this.#isMeasuring = true;
    const sentAt = now();
    this.#lateness.asked(sentAt);
    try {
      const { data } = await this.client.rpc('time', {});
      const receivedAt = now();
      this.roundTrip = receivedAt - sentAt;
      this.clock.add(sentAt, receivedAt, (data as { serverTime: number }).serverTime);
    } catch {
      this.roundTrip = undefined;
    } finally {
      this.#isMeasuring = false;
      this.#lateness.answered(now());
    }
    this.#changed();
  }

  #judge(): void {
    const isLate = this.lateBy !== undefined;
    if (isLate === this.#wasLate) return;
    this.#wasLate = isLate;
    this.#changed();
  }

  #changed(): void {
    if (this.state === 'reconnecting' && !navigator.onLine) this.state = 'offline';
    else if (this.state === 'offline' && navigator.onLine) this.state = 'reconnecting';
    for (const listener of this.#listeners) listener();
  }
}
