import { paintStrip } from '../model/strip';
import { height, perSecond, type TakePicture, width } from './pictureSource';

const colours = ['#c8c8c8', '#c8c800', '#00c8c8', '#00c800', '#c800c8', '#c80000', '#0000c8'];
const barPixels = 12;
const barPeriodMilliseconds = 4000;

/** Paints the test card at a time of the clock: colours, a moving bar, the seconds, and the time as squares. */
function paintTestCard(context: CanvasRenderingContext2D, startedAt: number, now: number): void {
  const elapsed = now - startedAt;
  colours.forEach((colour, index) => {
    context.fillStyle = colour;
    context.fillRect(Math.floor((index * width) / colours.length), 0, Math.ceil(width / colours.length), 150);
  });
  context.fillStyle = '#101418';
  context.fillRect(0, 150, width, height - 150);
  context.fillStyle = '#e6ebf2';
  context.fillRect((elapsed % barPeriodMilliseconds) / barPeriodMilliseconds * width, 150, barPixels, 24);
  context.font = '600 28px sans-serif';
  context.textAlign = 'left';
  context.fillText('Duplex', 32, 232);
  context.font = '400 20px sans-serif';
  context.fillText('Test card', 32, 264);
  context.font = '600 72px monospace';
  context.textAlign = 'right';
  context.fillText((elapsed / 1000 % 100).toFixed(1).padStart(4, '0'), width - 32, 268);
  paintStrip(context, now);
}

/** Delivers pictures of the test card until it is stopped. */
export function testCardPictures(clock: () => number, take: TakePicture): () => void {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d', { alpha: false }) as CanvasRenderingContext2D;
  const startedAt = clock();
  const timer = setInterval(() => {
    paintTestCard(context, startedAt, clock());
    take(canvas);
  }, 1000 / perSecond);
  return () => clearInterval(timer);
}

/** Creates the tone of the test card: a quiet beep at the beginning of each second. */
export function testCardTone(context: AudioContext): AudioNode {
  const tone = new OscillatorNode(context, { frequency: 440 });
  const beep = new GainNode(context, { gain: 0 });
  // A second oscillator of one period a second opens the gain for a tenth of it.
  const seconds = new OscillatorNode(context, { frequency: 1, type: 'sine' });
  const shape = new WaveShaperNode(context, {
    curve: Float32Array.from({ length: 201 }, (_, index) => index > 195 ? 0.2 : 0),
  });
  tone.connect(beep);
  seconds.connect(shape).connect(beep.gain);
  tone.start();
  seconds.start();
  return beep;
}
