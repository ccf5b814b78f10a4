import type { Connection } from '../../connection/connection';
import { decodeMedia, kinds, type MediaMessage } from '../model/mediaMessage';
import { Playout } from '../model/playout';
import { MediaSocket } from './mediaSocket';
import { Picture } from './picture';
import { Sound } from './sound';

const reportMilliseconds = 1000;
// A viewer that joins receives pictures of the past at once, which say nothing about the line.
const burstMilliseconds = 400;
// Longer than the time between two key pictures.
const skippingMilliseconds = 5000;

const now = () => performance.timeOrigin + performance.now();

/** Receives the media of a stage and plays them. */
export class Watcher {
  readonly picture: Picture;
  readonly sound: Sound;
  readonly #connection: Connection;
  readonly #playout = new Playout();
  readonly #socket: MediaSocket;
  readonly #changed: () => void;
  #sequence: number | undefined;
  #openedAt = 0;
  #drawnAt = 0;
  #reported: number | undefined;
  #skippedAt = -Infinity;

  /** The age of the last picture when it was drawn, in milliseconds. */
  behind: number | undefined;
  /** The time from the connection to the first picture, in milliseconds. */
  first: number | undefined;
  /** The number of messages that the server left out because the line is slow. */
  skipped = 0;

  constructor(connection: Connection, stage: string, canvas: HTMLCanvasElement, changed: () => void) {
    this.#connection = connection;
    this.#changed = changed;
    this.picture = new Picture(canvas, () => this.mediaAt(), (timestamp) => this.#drawn(timestamp));
    this.sound = new Sound(() => this.mediaAt(), changed);
    this.#socket = new MediaSocket(connection, () => Promise.resolve(`/webinar/${stage}/watch`), (socket) => this.#opened(socket), () => {
      this.picture.skip();
      this.#sequence = undefined;
      changed();
    });
    setInterval(() => this.#report(), reportMilliseconds);
  }

  /** Receives media again after a stop. */
  start(): void {
    this.#socket.start();
  }

  /** Stops receiving. The last picture stays. */
  stop(): void {
    this.#socket.stop();
  }

  /** Whether pictures were left out a moment ago. */
  get isSkipping(): boolean {
    return now() - this.#skippedAt < skippingMilliseconds;
  }

  /** The time for which media are held back, in milliseconds. */
  get buffer(): number {
    return this.#playout.buffer;
  }

  /** The age of the picture on the page, in milliseconds; undefined before the first. */
  get age(): number | undefined {
    return this.#drawnAt === 0 ? undefined : now() - this.#drawnAt;
  }

  /** The time of the media that is due now, in milliseconds. */
  mediaAt(): number | undefined {
    return this.#playout.mediaAt(now());
  }

  #opened(socket: WebSocket): void {
    this.#openedAt = now();
    this.#sequence = undefined;
    socket.addEventListener('message', ({ data }) => {
      const message = data instanceof ArrayBuffer ? decodeMedia(data) : undefined;
      if (message) this.#take(message);
    });
    this.#changed();
  }

  #take(message: MediaMessage): void {
    const { kind, sequence, timestamp, payload } = message;
    if (this.#sequence !== undefined && sequence > this.#sequence + 1) {
      this.skipped += sequence - this.#sequence - 1;
      this.#skippedAt = now();
    }
    // Who joins receives the configurations first, which were sent long before.
    this.#sequence = kind === kinds.videoConfig || kind === kinds.soundConfig ? undefined : sequence;
    switch (kind) {
      case kinds.videoConfig:
        this.#playout.restart();
        this.picture.configure(payload);
        return;
      case kinds.soundConfig:
        this.sound.configure(payload);
        return;
      case kinds.sound:
        this.#arrived(timestamp);
        this.sound.take(timestamp, payload);
        return;
      default:
        this.#arrived(timestamp);
        this.picture.take(message);
    }
  }

  #arrived(timestamp: number): void {
    if (now() - this.#openedAt < burstMilliseconds) this.#playout.restart();
    this.#playout.arrived(timestamp / 1000, now());
  }

  #drawn(timestamp: number): void {
    this.#drawnAt = now();
    this.first ??= this.#drawnAt - this.#openedAt;
    this.behind = this.#connection.ageOf(timestamp / 1000);
    this.#changed();
  }

  #report(): void {
    const { socket } = this.#socket;
    if (this.behind === undefined || !socket || this.#drawnAt === this.#reported) return;
    this.#reported = this.#drawnAt;
    const report = new Uint8Array(2);
    new DataView(report.buffer).setUint16(0, Math.min(65_535, Math.round(this.behind)));
    socket.send(report);
  }
}
