import { type LineApi, LineRefusal, type OpenedLine } from '../../line/lineApi';
import { bytesOf, type ReadWire, type WireAccept, type WireDirection, type WireFrame, type WireHead, type WireReport } from './wireReport';

/** A head with its bytes. */
export interface SeenHead {
  readonly head: WireHead;
  readonly bytes: Uint8Array;
}

/** A frame with its bytes as they passed, the header included. */
export interface SeenFrame {
  readonly isUp: boolean;
  readonly frame: WireFrame;
  readonly bytes: Uint8Array;
  readonly payload: Uint8Array;
}

type Side = 'up' | 'down';

const sides: readonly Side[] = ['up', 'down'];
// Pings of the server appear without an action of the visitor.
const refreshMilliseconds = 5000;
// The server returns the frames in parts of this size.
const framesPerReading = 64;
const noAnswer = 'The server does not answer. Open the WebSocket again when it does.';
const closeCode = 1000;
const closeReason = 'The visitor has closed it.';

/** A WebSocket through a line of its own, and what the line's bytes are. */
export class WireSession {
  state: 'idle' | 'opening' | 'open' | 'closed' = 'idle';
  /** The reason why there is no connection or no reading, or an empty text. */
  problem = '';
  request: SeenHead | undefined;
  response: SeenHead | undefined;
  accept: WireAccept | undefined;

  readonly #lines: LineApi;
  readonly #read: ReadWire;
  readonly #connect: (address: string) => WebSocket;
  readonly #changed: () => void;
  readonly #next = { up: 0, down: 0 };
  #frames: SeenFrame[] = [];
  #incomplete: SeenFrame[] = [];
  #line: OpenedLine | undefined;
  #socket: WebSocket | undefined;
  #reading: Promise<void> | undefined;
  #isReadAgain = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    lines: LineApi, read: ReadWire, changed: () => void, connect = (address: string) => new WebSocket(address),
  ) {
    [this.#lines, this.#read, this.#changed, this.#connect] = [lines, read, changed, connect];
  }

  /** The frames in the order in which they were read; an incomplete one is last. */
  get frames(): readonly SeenFrame[] {
    return [...this.#frames, ...this.#incomplete];
  }

  /** Opens a WebSocket to a path of the server, and forgets the earlier one. */
  async open(host: string, path: string): Promise<void> {
    if (this.state === 'opening' || this.state === 'open') return;
    this.#forget();
    this.state = 'opening';
    this.#changed();
    try {
      this.#line = await this.#lines.open({});
    } catch (error) {
      this.problem = error instanceof LineRefusal ? error.message : noAnswer;
      this.state = 'closed';
      this.#changed();
      return;
    }
    const socket = this.#connect(`ws://${host}:${this.#line.port}${path}`);
    this.#socket = socket;
    this.#timer = setInterval(() => void this.#refresh(), refreshMilliseconds);
    socket.addEventListener('open', () => {
      this.state = 'open';
      void this.#refresh();
    });
    socket.addEventListener('message', () => void this.#refresh());
    socket.addEventListener('close', () => void this.#end());
  }

  /** Sends a text message; its frame and the echo appear when they have been read. */
  send(text: string): void {
    if (this.state === 'open') this.#socket?.send(text);
  }

  /** Begins the closing handshake. */
  close(): void {
    this.#socket?.close(closeCode, closeReason);
  }

  /** Closes the line when the page is left. */
  leave(): void {
    clearInterval(this.#timer);
    if (this.#line) this.#lines.close(this.#line.id);
    this.#line = undefined;
  }

  #forget(): void {
    this.problem = '';
    [this.request, this.response, this.accept] = [undefined, undefined, undefined];
    [this.#frames, this.#incomplete] = [[], []];
    [this.#next.up, this.#next.down] = [0, 0];
  }

  // The last bytes are read before the line is closed.
  async #end(): Promise<void> {
    const isRefused = this.state === 'opening';
    await this.#refresh();
    this.leave();
    this.state = 'closed';
    if (isRefused && this.problem === '') this.problem = 'The server has refused the WebSocket.';
    this.#changed();
  }

  async #refresh(): Promise<void> {
    if (!this.#line) return;
    this.#isReadAgain = true;
    await (this.#reading ??= this.#readAll());
  }

  async #readAll(): Promise<void> {
    while (this.#isReadAgain && this.#line) {
      this.#isReadAgain = false;
      try {
        const report = await this.#read(this.#line.id, this.#next.up, this.#next.down);
        if (this.problem === noAnswer) this.problem = '';
        this.#take(report);
      } catch {
        // The server has stopped, or has started again without the line.
        this.problem = noAnswer;
      }
      this.#changed();
    }
    // In the turn in which the loop ends: a later request for a reading begins another one.
    this.#reading = undefined;
  }

  #take(report: WireReport): void {
    if (report.request) this.request ??= seenHead(report.request);
    if (report.response) this.response ??= seenHead(report.response);
    if (report.accept) this.accept = report.accept;
    this.#incomplete = [];
    for (const side of sides) {
      const { next, isOverwritten, fault, frames } = report[side];
      if (isOverwritten)
        this.problem = 'The line has overwritten bytes before this page read them. Close the WebSocket and open another.';
      if (fault) this.problem = `The frame reader stopped: ${fault}.`;
      if (frames.length >= framesPerReading) this.#isReadAgain = true;
      for (const frame of frames) {
        (frame.isWhole ? this.#frames : this.#incomplete).push(seen(frame, report[side], side === 'up'));
      }
      this.#next[side] = next;
    }
  }
}

function seenHead(head: WireHead): SeenHead {
  return { head, bytes: bytesOf(head.bytes) };
}

function seen(frame: WireFrame, { at, bytes }: WireDirection, isUp: boolean): SeenFrame {
  const payload = bytesOf(frame.payload);
  const start = frame.at - at;
  return { isUp, frame, payload, bytes: bytesOf(bytes).subarray(start, start + frame.headerLength + payload.length) };
}
