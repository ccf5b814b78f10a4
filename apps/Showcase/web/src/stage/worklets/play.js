// Plays samples at the times of the media that the page sets: an anchor has the time that is due at a time of the audio
// clock. Small differences, as between two audio clocks, are removed by single samples; beyond the tolerance the sound
// jumps: what is too old is dropped, and what is too early waits.
const toleranceMilliseconds = 60;
const adjustedMilliseconds = 10;
const mostQueuedMilliseconds = 4000;
const reportFrames = 4800;

class Play extends AudioWorkletProcessor {
  #queue = [];
  #offset = 0;
  #anchor;
  #isPlaying = false;
  #gaps = 0;
  #sinceReport = 0;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => {
      if (data.anchor) this.#anchor = data.anchor;
      else if (data.samples) this.#take(data);
      else {
        this.#queue = [];
        this.#isPlaying = false;
      }
    };
  }

  process(inputs, [output]) {
    const frames = output[0].length;
    const due = this.#anchor && this.#anchor.media + (currentTime - this.#anchor.time) * 1000;
    if (due !== undefined) this.#fill(output[0], frames, due);
    for (let channel = 1; channel < output.length; channel++) output[channel].set(output[0]);
    this.#sinceReport += frames;
    if (this.#sinceReport >= reportFrames) {
      this.#sinceReport = 0;
      this.port.postMessage({ gaps: this.#gaps });
    }
    return true;
  }

  #take({ at, samples }) {
    this.#queue.push({ at, samples });
    while (this.#queued() > mostQueuedMilliseconds) {
      this.#queue.shift();
      this.#offset = 0;
    }
  }

  #fill(output, frames, due) {
    this.#dropOld(due);
    this.#adjust(due);
    for (let frame = 0; frame < frames; frame++) {
      const head = this.#queue[0];
      const at = head && head.at + (this.#offset * 1000) / sampleRate;
      const tolerance = this.#isPlaying ? toleranceMilliseconds : 0;
      if (head && at <= due + (frame * 1000) / sampleRate + tolerance) {
        output[frame] = head.samples[this.#offset++];
        if (this.#offset >= head.samples.length) {
          this.#queue.shift();
          this.#offset = 0;
        }
        this.#isPlaying = true;
      } else {
        if (this.#isPlaying) this.#gaps++;
        this.#isPlaying = false;
      }
    }
  }

  #adjust(due) {
    const head = this.#queue[0];
    if (!this.#isPlaying || !head) return;
    const late = due - (head.at + (this.#offset * 1000) / sampleRate);
    if (late > adjustedMilliseconds && this.#offset + 1 < head.samples.length) this.#offset++;
    else if (late < -adjustedMilliseconds && this.#offset > 0) this.#offset--;
  }

  #dropOld(due) {
    let isFirst = true;
    for (let head = this.#queue[0]; head; head = this.#queue[0]) {
      const late = due - (head.at + (this.#offset * 1000) / sampleRate);
      if (late <= toleranceMilliseconds) return;
      if (this.#isPlaying && isFirst) this.#gaps++;
      isFirst = false;
      // Down to what is due now, so that the sound is not moved again in a moment.
      this.#offset += Math.ceil((late / 1000) * sampleRate);
      if (this.#offset < head.samples.length) return;
      this.#queue.shift();
      this.#offset = 0;
    }
  }

  #queued() {
    return this.#queue.reduce((sum, { samples }) => sum + (samples.length * 1000) / sampleRate, 0);
  }
}

registerProcessor('play', Play);
