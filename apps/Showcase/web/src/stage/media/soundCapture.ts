import worklet from '../worklets/capture.js?url&no-inline';
import { joinPackets } from '../model/mediaMessage';

export const sampleRate = 48_000;
const packetFrames = 960;
const packetMicroseconds = 20_000;
const packetsOfMessage = 3;
const bitsPerSecond = 32_000;
// Beyond this difference the audio clock has stopped for a while, as in a suspended tab.
const mostDriftMicroseconds = 80_000;

/** Encodes the sound of a source: packets of 20 ms, three in a message. */
export class SoundCapture {
  readonly context = new AudioContext({ sampleRate });
  readonly #clock: () => number;
  readonly #send: (timestamp: number, payload: Uint8Array) => void;
  readonly #mute = new GainNode(this.context);
  #encoder: AudioEncoder | undefined;
  #packets: Uint8Array[] = [];
  #firstAt = 0;
  #nextAt: number | undefined;

  /** `clock` returns the server's time in milliseconds. */
  constructor(clock: () => number, send: (timestamp: number, payload: Uint8Array) => void) {
    this.#clock = clock;
    this.#send = send;
  }

  async start(source: (context: AudioContext) => AudioNode): Promise<void> {
    await this.context.audioWorklet.addModule(worklet);
    const encoder = new AudioEncoder({
      output: (chunk) => this.#encoded(chunk),
      error: () => this.stop(),
    });
    encoder.configure({ codec: 'opus', sampleRate, numberOfChannels: 1, bitrate: bitsPerSecond });
    this.#encoder = encoder;
    const node = new AudioWorkletNode(this.context, 'capture', { numberOfOutputs: 0 });
    node.port.onmessage = ({ data }: MessageEvent<Float32Array<ArrayBuffer>>) => this.#encode(data);
    source(this.context).connect(this.#mute).connect(node);
    await this.context.resume();
  }

  set isMuted(value: boolean) {
    this.#mute.gain.value = value ? 0 : 1;
  }

  stop(): void {
    if (this.#encoder && this.#encoder.state !== 'closed') this.#encoder.close();
    this.#encoder = undefined;
    if (this.context.state !== 'closed') void this.context.close();
  }

  #encode(data: Float32Array<ArrayBuffer>): void {
    if (this.#encoder?.state !== 'configured') return;
    const capturedAt = this.#clock() * 1000 - packetMicroseconds;
    const drift = this.#nextAt === undefined ? Infinity : Math.abs(capturedAt - this.#nextAt);
    if (this.#nextAt === undefined || drift > mostDriftMicroseconds) this.#nextAt = Math.round(capturedAt);
    const timestamp = this.#nextAt;
    this.#nextAt += packetMicroseconds;
    const samples = new AudioData({
      format: 'f32-planar', sampleRate, numberOfFrames: packetFrames, numberOfChannels: 1, timestamp, data,
    });
    this.#encoder.encode(samples);
    samples.close();
  }

  #encoded(chunk: EncodedAudioChunk): void {
    const packet = new Uint8Array(chunk.byteLength);
    chunk.copyTo(packet);
    // A message has packets without a gap between them.
    const next = this.#firstAt + this.#packets.length * packetMicroseconds;
    if (this.#packets.length > 0 && chunk.timestamp !== next) this.#flush();
    if (this.#packets.length === 0) this.#firstAt = chunk.timestamp;
    this.#packets.push(packet);
    if (this.#packets.length === packetsOfMessage) this.#flush();
  }

  #flush(): void {
    this.#send(this.#firstAt, joinPackets(this.#packets));
    this.#packets = [];
  }
}
