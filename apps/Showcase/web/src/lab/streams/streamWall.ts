import { type LineApi, type OpenedLine, problemOf } from '../../line/lineApi';

/** A stream of server-sent events: a tab that shows live data. */
export interface Stream {
  readonly source: EventSource;
  isConnected: boolean;
  events: number;
}

const refreshMilliseconds = 500;
// Chromium, Firefox and Safari open this many connections to an origin over HTTP/1.1.
const connectionsPerOrigin = 6;

/** Opens streams to one port, and a WebSocket and a request beside them. */
export class StreamWall {
  isOpen = false;
  /** The reason why nothing is open, or an empty text. */
  problem = '';
  streams: readonly Stream[] = [];
  /** The latest time between a message on the WebSocket and its echo, in milliseconds. */
  roundTrip: number | undefined;
  /** Whether a request was sent: after the streams, because a browser sends it before streams that wait. */
  hasAsked = false;
  /** The time after which the request was answered, in milliseconds. */
  answeredAfter: number | undefined;

  readonly #lines: LineApi;
  readonly #changed: () => void;
  #line: OpenedLine | undefined;
  #socket: WebSocket | undefined;
  #request = new AbortController();
  #timer: ReturnType<typeof setInterval> | undefined;
  #startedAt = 0;

  constructor(lines: LineApi, changed: () => void) {
    [this.#lines, this.#changed] = [lines, changed];
  }

  get connected(): number {
    return this.streams.filter(({ isConnected }) => isConnected).length;
  }

  /** The time since the streams were opened, in milliseconds. */
  get elapsedMilliseconds(): number {
    return performance.now() - this.#startedAt;
  }

  async open(host: string, count: number): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    [this.problem, this.streams, this.roundTrip] = ['', [], undefined];
    [this.hasAsked, this.answeredAfter] = [false, undefined];
    this.#changed();
    try {
      // A port of its own has connections of its own: the page's other requests do not wait.
      this.#line = await this.#lines.open({});
    } catch (error) {
      this.isOpen = false;
      this.problem = problemOf(error);
      this.#changed();
      return;
    }
    const origin = `${host}:${this.#line.port}`;
    this.#startedAt = performance.now();
    const asked = () => {
      if (this.hasAsked || this.connected < Math.min(count, connectionsPerOrigin)) return;
      this.hasAsked = true;
      void this.#ask(`http://${origin}/favicon.svg`);
    };
    this.streams = Array.from({ length: count }, () => this.#stream(`http://${origin}/lab/clock`, asked));
    this.#connect(`ws://${origin}/lab/echo`);
    this.#timer = setInterval(() => {
      if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(String(performance.now()));
      this.#changed();
    }, refreshMilliseconds);
    this.#changed();
  }

  /** Closes everything; without effect while it is being opened. */
  close(): void {
    if (!this.#line) return;
    clearInterval(this.#timer);
    for (const { source } of this.streams) source.close();
    this.#request.abort();
    const socket = this.#socket;
    this.#lines.close(this.#line.id);
    [this.#line, this.#socket] = [undefined, undefined];
    socket?.close();
    this.isOpen = false;
    this.problem = '';
    this.#changed();
  }

  #stream(address: string, connected: () => void): Stream {
    const stream: Stream = { source: new EventSource(address), isConnected: false, events: 0 };
    stream.source.addEventListener('open', () => {
      stream.isConnected = true;
      connected();
      this.#changed();
    });
    stream.source.addEventListener('message', () => stream.events++);
    stream.source.addEventListener('error', () => {
      stream.isConnected = false;
      this.#changed();
    });
    return stream;
  }

  #connect(address: string): void {
    const socket = new WebSocket(address);
    this.#socket = socket;
    socket.addEventListener('open', () => socket.send(String(performance.now())));
    socket.addEventListener('message', ({ data }) => {
      this.roundTrip = performance.now() - Number(data);
      this.#changed();
    });
    socket.addEventListener('close', () => {
      this.roundTrip = undefined;
      if (this.#socket === socket)
        this.problem = 'The connection to the server is lost. Close the streams and open them again when it is back.';
      this.#changed();
    });
  }

  // The content is of no interest, so the request needs no permission of the other port.
  async #ask(address: string): Promise<void> {
    this.#request = new AbortController();
    const startedAt = performance.now();
    try {
      await fetch(address, { mode: 'no-cors', cache: 'no-store', signal: this.#request.signal });
      this.answeredAfter = performance.now() - startedAt;
    } catch {
      // The visitor has closed the streams, or the line is gone.
    }
    this.#changed();
  }
}
