import { Centrifuge, type MapSubscription, type Subscription } from 'centrifuge';
import { Line } from '../line/line';
import { hasLines, lineApi } from '../line/lineApi';
import { direct, profileAtStart, type Profile } from '../line/profiles';
import { forgetForTab, rememberForTab, rememberedForTab } from '../page/settings';
import { accountKey } from './accountKey';
import { Lateness } from './lateness';
import { loggedSocket } from './loggedSocket';
import { ServerClock } from './serverClock';
import { WireLog } from './wireLog';

export type ConnectionState = 'connecting' | 'connected' | 'reconnecting' | 'offline' | 'closed';

const probeIntervalMilliseconds = 5000;
const firstCodeOfServer = 100;
const judgeIntervalMilliseconds = 500;
const recoveredShownMilliseconds = 6000;
// On a slow connection a reply may be queued behind the data that the page requested at its start.
const callTimeoutMilliseconds = 15_000;

// A monotonic clock: unlike Date.now it never steps.
const now = () => performance.timeOrigin + performance.now();

/** The page's only connection: the protocol's client, its state and its wire log. */
export class Connection {
  readonly client: Centrifuge;
  readonly log = new WireLog();
  readonly clock = new ServerClock();
  readonly hasLines = hasLines(location.hostname);
  readonly line = new Line(lineApi(accountKey), this.#carried());

  /** Whether the page connects with the visitor's key. */
  readonly hasKey: boolean;
  /** The visitor as the server has admitted it. The id is empty before the first connect and without a key. */
  me = { user: '', name: '' };
  state: ConnectionState = 'connecting';
  reason = '';
  /** The server's error message for the last connection attempt; the client retries automatically. */
  refusal = '';
  /** The number of attempts since the connection was lost. */
  attempt = 0;
  lostAt = 0;
  /** The time that the last interruption lasted. */
  awayMilliseconds = 0;
  reconnects = 0;
  roundTrip: number | undefined;
  /** The smoothed one-way delay of time-stamped messages in milliseconds. */
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
  #isFirstStart = true;

  /** Creates the connection. `data` identifies the visitor in the connect request. */
  constructor(data: unknown) {
    this.hasKey = data !== null;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    this.client = new Centrifuge(`${scheme}://${location.host}/connection/websocket`, {
      data,
      websocket: loggedSocket(this.log, (url) => this.line.route(url), (socket) => this.#attempted(socket)),
      maxReconnectDelay: 5000,
      timeout: callTimeoutMilliseconds,
      name: 'showcase',
    });
    this.client.on('connecting', (context) => this.#lost(context.reason));
    this.client.on('connected', ({ data }) => this.#connected(data));
    this.client.on('disconnected', (context) => this.#closed(context.reason));
    // Failed attempts are shown by their number, because the client retries automatically.
    this.client.on('error', ({ type, error }) => {
      this.refusal = type === 'connect' && error.code >= firstCodeOfServer ? error.message : '';
      this.#changed();
    });
    window.addEventListener('online', () => this.#changed());
    window.addEventListener('offline', () => this.#changed());
    window.addEventListener('pagehide', () => this.line.leave());
    setInterval(() => void this.#measure(), probeIntervalMilliseconds);
    setInterval(() => this.#judge(), judgeIntervalMilliseconds);
  }

  /** The number of messages that the last reconnect recovered, for a few seconds after it. */
  get recovered(): number | undefined {
    return Date.now() - this.#recoveredAt < recoveredShownMilliseconds ? this.#recovered : undefined;
  }

  /** The lateness of incoming data in milliseconds when it is too old to act on, otherwise undefined. */
  get lateBy(): number | undefined {
    return this.state === 'connected' ? this.#lateness.by(now()) : undefined;
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Counts the publications that a subscription recovers after a reconnect. */
  countRecovered(subscription: Subscription): void {
    subscription.on('subscribed', (context) => {
      if (!context.wasRecovering) return;
      // The client emits the recovered publications before this turn of the event loop ends.
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

  /** Measures the delay of a time-stamped message, in milliseconds. Recovered messages are old and are not measured. */
  stamped(serverTime: number): number | undefined {
    if (!this.clock.isKnown || this.#isRecovering) return undefined;
    const delay = this.clock.delayOf(serverTime, now());
    this.oneWay = this.oneWay === undefined ? delay : this.oneWay * 0.9 + delay * 0.1;
    this.#lateness.arrived(delay, now());
    this.#judge();
    return delay;
  }

  /** The time of the server's clock in milliseconds, as far as the clocks are compared. */
  get serverNow(): number {
    return now() + this.clock.offset;
  }

  /** Returns the age of a message that arrives now, in milliseconds; undefined before the clocks are compared. */
  ageOf(serverTime: number): number | undefined {
    return this.clock.isKnown ? this.clock.delayOf(serverTime, now()) : undefined;
  }

  /** Ends a subscription for good: its listeners receive the end and nothing after it. */
  end(subscription: Subscription | MapSubscription): void {
    subscription.unsubscribe();
    subscription.removeAllListeners();
    this.client.removeSubscription(subscription as Subscription);
  }

  start(): void {
    const profile = this.hasLines && this.#isFirstStart ? profileAtStart(rememberedForTab('line')) : direct;
    this.#isFirstStart = false;
    if (profile === direct) this.client.connect();
    else void this.line.choose(profile).finally(() => this.client.connect());
  }

  /** Chooses the line that carries the connection; a reload of the page keeps it. */
  async chooseLine(profile: Profile): Promise<void> {
    if (profile === direct) forgetForTab('line');
    else rememberForTab('line', profile.id);
    await this.line.choose(profile);
  }

  /** Closes the connection until the next start. */
  stop(): void {
    this.client.disconnect();
  }

  /** Closes the socket, so that the client reconnects. */
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
    if (this.attempt > 1) void this.line.verify();
  }

  #carried() {
    return {
      cut: () => this.cut(),
      // The client connects at once when the browser reports a network.
      retry: () => window.dispatchEvent(new Event('online')),
      changed: () => this.#changed(),
    };
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
    // The connect reply is never queued behind other data.
    const { user, name, serverTime } = data as { user: string; name: string; serverTime: number };
    this.me = { user, name };
    this.clock.add(this.#openedAt, now(), serverTime);
    if (this.#wasConnected) {
      this.reconnects++;
      this.awayMilliseconds = Date.now() - this.lostAt;
      this.#recovered = 0;
      this.#recoveredAt = Date.now();
      setTimeout(() => this.#changed(), recoveredShownMilliseconds);
    }
    this.#wasConnected = true;
    this.#changed();
    // The first call may be queued behind the page's initial requests; the second one measures the network.
    void this.#measure().then(() => setTimeout(() => void this.#measure(), 500));
  }

  #closed(reason: string): void {
    if (this.state === 'connected') this.lostAt = Date.now();
    this.state = 'closed';
    this.reason = reason;
    this.#changed();
  }

  async #measure(): Promise<void> {
    if (this.state !== 'connected' || this.#isMeasuring) return;
    this.#isMeasuring = true;
    const sentAt = now();
    this.#lateness.called(sentAt);
    try {
      const { data } = await this.client.rpc('time', {});
      const receivedAt = now();
      this.roundTrip = receivedAt - sentAt;
      this.clock.add(sentAt, receivedAt, (data as { serverTime: number }).serverTime);
    } catch {
      this.roundTrip = undefined;
    } finally {
      this.#isMeasuring = false;
      this.#lateness.replied(now());
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
