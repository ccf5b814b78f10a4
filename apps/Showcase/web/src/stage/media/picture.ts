import { type MediaMessage, kinds, readVideoConfig } from '../model/mediaMessage';

// A hidden tab draws nothing, and a decoder stops when too many of its pictures are held. A picture is decoded shortly
// before it is due, because the delay of an uneven line is longer than the time that the held ones cover.
const mostHeld = 8;
const aheadMilliseconds = 200;

/** Decodes pictures and draws each when it is due. */
export class Picture {
  readonly canvas: HTMLCanvasElement;
  readonly #context: CanvasRenderingContext2D;
  readonly #mediaAt: () => number | undefined;
  readonly #drawn: (timestamp: number) => void;
  #decoder: VideoDecoder | undefined;
  #waiting: MediaMessage[] = [];
  #held: VideoFrame[] = [];
  #waitsForKey = true;
  #hasDrawn = false;
  #request = 0;

  /** The number of pictures that were drawn. */
  count = 0;

  /** `mediaAt` returns the time of the media that is due now, in milliseconds; `drawn` receives a picture's time. */
  constructor(canvas: HTMLCanvasElement, mediaAt: () => number | undefined, drawn: (timestamp: number) => void) {
    this.canvas = canvas;
    this.#context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
    this.#mediaAt = mediaAt;
    this.#drawn = drawn;
  }

  configure(payload: Uint8Array): void {
    this.stop();
    const { width, height } = readVideoConfig(payload);
    // A canvas whose size is set becomes black.
    if (this.canvas.width !== width) this.canvas.width = width;
    if (this.canvas.height !== height) this.canvas.height = height;
    this.#decoder = new VideoDecoder({
      output: (frame) => this.#hold(frame),
      // The next key picture begins again.
      error: () => this.configure(payload),
    });
    this.#decoder.configure({ codec: 'vp8', codedWidth: width, codedHeight: height, optimizeForLatency: true });
  }

  take(message: MediaMessage): void {
    if (this.#decoder?.state !== 'configured') return;
    if (message.kind === kinds.keyPicture) this.#waitsForKey = false;
    if (this.#waitsForKey) return;
    this.#waiting.push(message);
    this.#decode();
    this.#schedule();
  }

  /** Waits for the next key picture, because pictures before it are missing. */
  skip(): void {
    this.#waitsForKey = true;
  }

  /** Ends the decoder. The last picture stays. */
  stop(): void {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = undefined;
    for (const frame of this.#held) frame.close();
    this.#held = [];
    this.#waiting = [];
    this.#waitsForKey = true;
    this.#hasDrawn = false;
  }

  #decode(): void {
    const media = this.#mediaAt();
    while (this.#waiting[0] && this.#decoder?.state === 'configured') {
      const { kind, timestamp, payload } = this.#waiting[0];
      if (this.#hasDrawn && media !== undefined && timestamp / 1000 > media + aheadMilliseconds) return;
      this.#waiting.shift();
      this.#decoder.decode(new EncodedVideoChunk({ type: kind === kinds.keyPicture ? 'key' : 'delta', timestamp, data: payload }));
    }
  }

  #hold(frame: VideoFrame): void {
    this.#held.push(frame);
    while (this.#held.length > mostHeld) this.#held.shift()?.close();
    // Whoever joins sees the first picture at once.
    if (!this.#hasDrawn) this.#draw(frame.timestamp / 1000);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#request === 0 && this.#held.length + this.#waiting.length > 0) {
      this.#request = requestAnimationFrame(() => {
        this.#request = 0;
        this.#decode();
        this.#draw(this.#mediaAt());
        this.#schedule();
      });
    }
  }

  #draw(media: number | undefined): void {
    if (media === undefined) return;
    let due: VideoFrame | undefined;
    while (this.#held[0] && this.#held[0].timestamp / 1000 <= media) {
      due?.close();
      due = this.#held.shift();
    }
    if (!due) return;
    this.#context.drawImage(due, 0, 0, this.canvas.width, this.canvas.height);
    this.#hasDrawn = true;
    this.count++;
    this.#drawn(due.timestamp);
    due.close();
  }
}
