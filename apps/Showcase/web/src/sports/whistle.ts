const seconds = 0.35;
const hertz = 2200;

let context: AudioContext | undefined;

/** Plays a short whistle. Browsers permit it after the person has used the page. */
export function playWhistle(): void {
  context ??= new AudioContext();
  const tone = new OscillatorNode(context, { type: 'triangle', frequency: hertz });
  const volume = new GainNode(context, { gain: 0.15 });
  volume.gain.setTargetAtTime(0, context.currentTime + seconds / 2, seconds / 6);
  tone.connect(volume).connect(context.destination);
  tone.start();
  tone.stop(context.currentTime + seconds);
}
