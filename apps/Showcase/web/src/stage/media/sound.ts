import worklet from '../worklets/play.js?url&no-inline';
import { readSoundConfig, splitPackets } from '../model/mediaMessage';

const packetMicroseconds = 20_000;
const anchorMilliseconds = 100;

/** Plays the sound of a stage at the times of a clock. It is silent until it is switched on, as browsers require. */
export class Sound {
  readonly #mediaAt: () => number | undefined;
  readonly #changed: () => void;
  #context: AudioContext | undefined;
  #node: AudioWorkletNode | undefined;
  #decoder: AudioDecoder | undefined;
  #config: Uint8Array | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** The number of interruptions of the sound since it was switched on. */
  gaps = 0;

  /** `mediaAt` returns the time of the media that is due now, in milliseconds. */
  constructor(mediaAt: () => number | undefined, changed: () => void) {
    this.#mediaAt = mediaAt;
    this.#changed = changed;
  }

  get isOn(): boolean {
    return this.#context !== undefined;
  }

  async switchOn(): Promise<void> {
    const context = new AudioContext({ latencyHint: 'interactive', sampleRate: 48_000 });
    this.#context = context;
    await context.audioWorklet.addModule(worklet);
    if (this.#context !== context) return;
    const node = new AudioWorkletNode(context, 'play', { numberOfInputs: 0, outputChannelCount: [2] });
    node.port.onmessage = ({ data }: MessageEvent<{ gaps: number }>) => {
      this.gaps = data.gaps;
      this.#changed();
    };
    node.connect(context.destination);
    this.#node = node;
    this.#timer = setInterval(() => this.#anchor(), anchorMilliseconds);
    this.#configure();
    this.#changed();
  }

  switchOff(): void {
    clearInterval(this.#timer);
    void this.#context?.close();
    this.#context = this.#node = undefined;
    this.#close();
    this.gaps = 0;
    this.#changed();
  }

  /** Takes the configuration of a sender. */
  configure(payload: Uint8Array): void {
    this.#config = payload.slice();
    this.#node?.port.postMessage({});
    this.#configure();
  }

  take(timestamp: number, payload: Uint8Array): void {
    if (this.#decoder?.state !== 'configured') return;
    splitPackets(payload).forEach((data, index) => this.#decoder?.decode(new EncodedAudioChunk({
      type: 'key',
      timestamp: timestamp + index * packetMicroseconds,
      data,
    })));
  }

  #configure(): void {
    this.#close();
    if (!this.#config || !this.#node) return;
    const { sampleRate, channels } = readSoundConfig(this.#config);
    this.#decoder = new AudioDecoder({
      output: (data) => this.#decoded(data),
      error: () => this.#configure(),
    });
    this.#decoder.configure({ codec: 'opus', sampleRate, numberOfChannels: channels });
  }

  #close(): void {
    if (this.#decoder && this.#decoder.state !== 'closed') this.#decoder.close();
    this.#decoder = undefined;
  }

  #decoded(data: AudioData): void {
    const samples = new Float32Array(data.numberOfFrames);
    data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' });
    this.#node?.port.postMessage({ at: data.timestamp / 1000, samples }, [samples.buffer]);
    data.close();
  }

  #anchor(): void {
    const media = this.#mediaAt();
    const context = this.#context;
    if (media === undefined || !context || !this.#node) return;
    this.#node.port.postMessage({ anchor: { media, time: context.currentTime } });
  }
}
