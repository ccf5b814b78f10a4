import type { Connection } from '../../connection/connection';
import { encodeMedia, kinds, soundConfig, videoConfig } from '../model/mediaMessage';
import { MediaSocket } from './mediaSocket';
import { height, perSecond, picturesOf, width } from './pictureSource';
import { sampleRate, SoundCapture } from './soundCapture';
import { sendProblem } from './support';
import { testCardPictures, testCardTone } from './testCard';

export type Source = 'camera' | 'screen' | 'test' | 'none';

/** The sources in the order of the page, with their labels. */
export const sources: readonly [Source, string][] = [
  ['camera', 'Camera and microphone'], ['screen', 'Screen and microphone'], ['test', 'Test card'], ['none', 'Slides alone'],
];

const bitsPerSecond = 700_000;
const keyMicroseconds = 2_000_000;
// On a slow line whole pictures are left out before they are encoded; the sound goes on.
const mostBufferedBytes = 150_000;
const mostEncoding = 2;

/** Captures, encodes and sends the media of the speaker. The connection also says that the speaker is on stage. */
export class Sender {
  readonly #connection: Connection;
  readonly #socket: MediaSocket;
  readonly #changed: () => void;
  #stopPictures: (() => void) | undefined;
  #stream: MediaStream | undefined;
  #sound: SoundCapture | undefined;
  #encoder: VideoEncoder | undefined;
  #sequence = 0;
  #keyAt = 0;
  #needsKey = true;
  #needsConfigs = true;
  #lastAt = 0;
  #isMuted = false;
  #isStopped = false;

  /** Why the connection ended for good, as another window continues; empty while it is wanted. */
  ended = '';

  /** `ticket` opens the stage and returns the ticket of a connection. */
  constructor(connection: Connection, stage: string, ticket: () => Promise<string | undefined>, changed: () => void) {
    this.#connection = connection;
    this.#changed = changed;
    this.#socket = new MediaSocket(
      connection,
      async () => {
        const issued = await ticket();
        return issued && `/webinar/${stage}/send?ticket=${issued}`;
      },
      (socket) => this.#opened(socket),
      (reason) => {
        if (reason !== '') {
          this.ended = reason;
          this.stop();
        }
        changed();
      },
    );
  }

  get isOpen(): boolean {
    return this.#socket.socket !== undefined;
  }

  get isMuted(): boolean {
    return this.#isMuted;
  }

  set isMuted(value: boolean) {
    this.#isMuted = value;
    if (this.#sound) this.#sound.isMuted = value;
    this.#changed();
  }

  /** Captures a source in place of the one before. Throws when it is refused; the one before then goes on. */
  async choose(source: Source): Promise<void> {
    if (source !== 'none' && sendProblem() !== '') return;
    const stream = await streamOf(source);
    this.#release();
    if (this.#isStopped) {
      for (const track of stream?.getTracks() ?? []) track.stop();
      return;
    }
    this.#stream = stream;
    if (source === 'none') return;
    if (this.#encoder?.state !== 'configured') this.#startEncoder();
    this.#stopPictures = stream
      ? picturesOf(stream, (canvas) => this.#encode(canvas))
      : testCardPictures(() => this.#clock(), (canvas) => this.#encode(canvas));
    if (stream?.getAudioTracks().length === 0) return;
    const send = (timestamp: number, payload: Uint8Array) => this.#send(kinds.sound, timestamp, payload);
    const sound = new SoundCapture(() => this.#clock(), send);
    this.#sound = sound;
    sound.isMuted = this.#isMuted;
    await sound.start((context) => stream ? context.createMediaStreamSource(stream) : testCardTone(context));
  }

  /** Returns the time of the media now, in microseconds; 0 without media. */
  get mediaTime(): number {
    return this.#lastAt === 0 ? 0 : Math.round(this.#clock() * 1000);
  }

  stop(): void {
    this.#isStopped = true;
    this.#release();
    if (this.#encoder && this.#encoder.state !== 'closed') this.#encoder.close();
    this.#socket.stop();
    this.#changed();
  }

  #release(): void {
    this.#stopPictures?.();
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#sound?.stop();
    this.#stopPictures = this.#stream = this.#sound = undefined;
  }

  // All viewers share the server's clock.
  #clock(): number {
    return this.#connection.serverNow;
  }

  #opened(socket: WebSocket): void {
    [this.#needsConfigs, this.#needsKey] = [true, true];
    socket.addEventListener('message', () => {
      this.#needsKey = true;
    });
    this.#changed();
  }

  #startEncoder(): void {
    this.#encoder = new VideoEncoder({
      output: (chunk) => {
        const payload = new Uint8Array(chunk.byteLength);
        chunk.copyTo(payload);
        this.#send(chunk.type === 'key' ? kinds.keyPicture : kinds.deltaPicture, chunk.timestamp, payload);
      },
      error: () => this.#startEncoder(),
    });
    this.#encoder.configure({
      codec: 'vp8', width, height, bitrate: bitsPerSecond, framerate: perSecond, latencyMode: 'realtime', hardwareAcceleration: 'no-preference',
    });
    this.#needsKey = true;
  }

  #encode(canvas: HTMLCanvasElement): void {
    const { socket } = this.#socket;
    if (!socket || this.#encoder?.state !== 'configured') return;
    if (socket.bufferedAmount > mostBufferedBytes || this.#encoder.encodeQueueSize > mostEncoding) return;
    // Times of pictures increase, also when the estimate of the server's clock is corrected.
    const timestamp = this.#lastAt = Math.max(this.#lastAt + 1, Math.round(this.#clock() * 1000));
    const keyFrame = this.#needsKey || timestamp - this.#keyAt >= keyMicroseconds;
    if (keyFrame) [this.#needsKey, this.#keyAt] = [false, timestamp];
    const frame = new VideoFrame(canvas, { timestamp });
    this.#encoder.encode(frame, { keyFrame });
    frame.close();
  }

  #send(kind: number, timestamp: number, payload: Uint8Array): void {
    const { socket } = this.#socket;
    if (!socket) return;
    // A picture that was encoded before the connection opened needs one that the server has not.
    if (this.#needsConfigs) {
      if (kind === kinds.deltaPicture) return;
      this.#needsConfigs = false;
      this.#send(kinds.videoConfig, timestamp, videoConfig(width, height));
      this.#send(kinds.soundConfig, timestamp, soundConfig(sampleRate, 1));
    }
    socket.send(encodeMedia({ kind, sequence: ++this.#sequence, timestamp, payload }));
  }
}

// Who shares a screen speaks into the microphone, and who refuses the microphone shows the screen alone.
async function streamOf(source: Source): Promise<MediaStream | undefined> {
  const { mediaDevices } = navigator;
  if (source === 'camera') return mediaDevices.getUserMedia({ video: { width, height, frameRate: perSecond }, audio: true });
  if (source !== 'screen') return undefined;
  const stream = await mediaDevices.getDisplayMedia({ video: { frameRate: perSecond } });
  const voice = await mediaDevices.getUserMedia({ audio: true }).catch(() => undefined);
  for (const track of voice?.getAudioTracks() ?? []) stream.addTrack(track);
  return stream;
}
