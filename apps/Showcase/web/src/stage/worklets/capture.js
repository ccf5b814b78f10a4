// Collects the sound of a source into packets of 20 ms, mixed to one channel.
const packetFrames = 960;

class Capture extends AudioWorkletProcessor {
  #packet = new Float32Array(packetFrames);
  #filled = 0;

  process([input]) {
    const frames = input[0]?.length ?? 128;
    for (let frame = 0; frame < frames; frame++) {
      let sum = 0;
      for (const channel of input) sum += channel[frame];
      this.#packet[this.#filled++] = input.length > 1 ? sum / input.length : sum;
      if (this.#filled < packetFrames) continue;
      this.port.postMessage(this.#packet, [this.#packet.buffer]);
      this.#packet = new Float32Array(packetFrames);
      this.#filled = 0;
    }
    return true;
  }
}

registerProcessor('capture', Capture);
