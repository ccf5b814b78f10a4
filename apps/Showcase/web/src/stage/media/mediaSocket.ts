import type { Connection } from '../../connection/connection';

const retryMilliseconds = 1000;

/** A WebSocket for media beside the page's connection. It takes the same line, and opens while that one is open. */
export class MediaSocket {
  readonly #connection: Connection;
  readonly #address: () => Promise<string | undefined>;
  readonly #opened: (socket: WebSocket) => void;
  readonly #closed: (reason: string) => void;
  #socket: WebSocket | undefined;
  #isOpening = false;
  #isStopped = false;
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** `address` returns the path to connect to, or undefined when there is none at present. */
  constructor(
    connection: Connection,
    address: () => Promise<string | undefined>,
    opened: (socket: WebSocket) => void,
    closed: (reason: string) => void,
  ) {
    this.#connection = connection;
    this.#address = address;
    this.#opened = opened;
    this.#closed = closed;
    connection.onChange(() => this.ensure());
    this.ensure();
  }

  get socket(): WebSocket | undefined {
    return this.#socket?.readyState === WebSocket.OPEN ? this.#socket : undefined;
  }

  /** Opens the socket unless it is open, or moves it to another line. */
  ensure(): void {
    if (this.#isStopped || this.#isOpening) return;
    if (this.#socket && this.#socket.readyState <= WebSocket.OPEN) {
      const { origin } = new URL(this.#connection.line.route(this.#url('')));
      if (new URL(this.#socket.url).origin !== origin) this.#socket.close();
    } else if (this.#connection.state === 'connected') void this.#open();
  }

  /** Opens the socket again after a stop. */
  start(): void {
    this.#isStopped = false;
    this.ensure();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#retry);
    this.#socket?.close();
  }

  async #open(): Promise<void> {
    this.#isOpening = true;
    clearTimeout(this.#retry);
    try {
      const path = await this.#address();
      if (path === undefined || this.#isStopped) return;
      const socket = new WebSocket(this.#connection.line.route(this.#url(path)));
      socket.binaryType = 'arraybuffer';
      this.#socket = socket;
      socket.addEventListener('open', () => this.#opened(socket));
      socket.addEventListener('close', ({ reason }) => {
        if (this.#socket !== socket) return;
        this.#socket = undefined;
        this.#closed(reason);
        this.#again();
      });
    } catch {
      this.#again();
    } finally {
      this.#isOpening = false;
    }
  }

  #again(): void {
    if (this.#isStopped) return;
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => this.ensure(), retryMilliseconds);
  }

  #url(path: string): string {
    return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`;
  }
}
