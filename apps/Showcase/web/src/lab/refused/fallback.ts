import { Centrifuge } from 'centrifuge';
import { type LineApi, type OpenedLine, problemOf } from '../../line/lineApi';
import type { ReadWire } from '../wire/wireReport';

/** A way that replaces the WebSocket. */
export type Replacement = 'http_stream' | 'sse';

/** Something that the client did, and what came of it. */
export interface Step {
  readonly action: string;
  outcome: string;
  isRefusal: boolean;
}

const waiting = 'waits';
const callMilliseconds = 1000;
// A client whose server has gone tries again and again.
const maxSteps = 12;

/** A client of the hub whose WebSocket is refused, and what it does then. */
export class Fallback {
  isOpen = false;
  /** The reason why nothing was tried, or an empty text. */
  problem = '';
  steps: Step[] = [];
  /** The number of calls that the client sent by HTTP requests, and of their replies in the stream. */
  sent = 0;
  replies = 0;
  /** The latest time between a call and its reply, in milliseconds. */
  roundTrip: number | undefined;

  readonly #lines: LineApi;
  readonly #read: ReadWire;
  readonly #changed: () => void;
  #client: Centrifuge | undefined;
  #line: OpenedLine | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(lines: LineApi, read: ReadWire, changed: () => void) {
    [this.#lines, this.#read, this.#changed] = [lines, read, changed];
  }

  async connect(host: string, origin: string, replacement: Replacement): Promise<void> {
    if (this.isOpen) return;
    this.isOpen = true;
    [this.problem, this.steps, this.sent, this.replies, this.roundTrip] = ['', [], 0, 0, undefined];
    this.#changed();
    try {
      this.#line = await this.#lines.open({});
    } catch (error) {
      this.isOpen = false;
      this.problem = problemOf(error);
      this.#changed();
      return;
    }
    const client = new Centrifuge([
      { transport: 'websocket', endpoint: `ws://${host}:${this.#line.port}/lab/refused` },
      { transport: replacement, endpoint: `${origin}/connection/${replacement}` },
    ], {
      name: 'laboratory',
      emulationEndpoint: `${origin}/emulation`,
      websocket: this.#watchedSocket(),
      eventsource: this.#watchedSource(),
      fetch: (address: string, init: RequestInit) => this.#watchedFetch(address, init),
    });
    this.#client = client;
    client.on('connected', ({ transport }) => this.#step(`The client is connected by ${transport}.`, 'Messages flow in both directions.'));
    client.connect();
    this.#timer = setInterval(() => void this.#call(client), callMilliseconds);
  }

  /** Ends the client; without effect while its line is being opened. */
  disconnect(): void {
    if (!this.#line) return;
    clearInterval(this.#timer);
    this.#client?.disconnect();
    this.#lines.close(this.#line.id);
    [this.#client, this.#line] = [undefined, undefined];
    this.isOpen = false;
    this.#changed();
  }

  async #call(client: Centrifuge): Promise<void> {
    if (client.state !== 'connected') return;
    const startedAt = performance.now();
    try {
      await client.rpc('time', {});
    } catch {
      // The connection has ended; the client connects again.
      return;
    }
    this.roundTrip = performance.now() - startedAt;
    this.replies++;
    this.#changed();
  }

  #step(action: string, outcome: string): Step {
    const step: Step = { action, outcome, isRefusal: false };
    this.steps = [...this.steps, step].slice(-maxSteps);
    this.#changed();
    return step;
  }

  // The client receives these in place of the browser's own and uses them in the same way.
  #watchedSocket(): typeof WebSocket {
    const watch = (socket: WebSocket) => this.#watch(socket);
    return class extends WebSocket {
      constructor(address: string | URL, protocols?: string | string[]) {
        super(address, protocols);
        watch(this);
      }
    };
  }

  #watch(socket: WebSocket): void {
    const step = this.#step(`The client tries a WebSocket: GET ${new URL(socket.url).pathname} with Upgrade.`, waiting);
    socket.addEventListener('close', () => void this.#refused(step));
  }

  // A browser withholds the response to an upgrade from scripts; the line has it.
  async #refused(step: Step): Promise<void> {
    let answer: string | undefined;
    try {
      const report = this.#line && await this.#read(this.#line.id, 0, 0);
      answer = report?.response?.lines[0]?.value;
    } catch {
      // The server does not answer.
    }
    step.isRefusal = true;
    step.outcome = answer ? `Refused: ${answer}.` : 'No response.';
    this.#changed();
  }

  #watchedSource(): typeof EventSource {
    const watch = (source: EventSource) => {
      const step = this.#step(`The client tries server-sent events: GET ${new URL(source.url).pathname}.`, waiting);
      source.addEventListener('open', () => {
        step.outcome = 'Accepted: the response stays open.';
        this.#changed();
      });
      source.addEventListener('error', () => {
        if (step.outcome === waiting) step.outcome = 'No response.';
        this.#changed();
      });
    };
    return class extends EventSource {
      constructor(address: string | URL, init?: EventSourceInit) {
        super(address, init);
        watch(this);
      }
    };
  }

  async #watchedFetch(address: string, init: RequestInit): Promise<Response> {
    const { pathname } = new URL(address, location.href);
    if (pathname === '/emulation') {
      this.sent++;
      this.#changed();
      return fetch(address, init);
    }
    const step = this.#step(`The client tries an HTTP stream: POST ${pathname}.`, waiting);
    try {
      const response = await fetch(address, init);
      step.outcome = response.ok ? 'Accepted: the response stays open.' : `Refused: ${response.status}.`;
      return response;
    } catch (error) {
      step.outcome = 'No response.';
      throw error;
    } finally {
      this.#changed();
    }
  }
}
