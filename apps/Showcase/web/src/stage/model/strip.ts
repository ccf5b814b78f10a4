const bits = 24;
const side = 20;
const left = 80;
const top = 330;

/** The period after which the times of the strip repeat, in milliseconds. */
export const stripPeriod = 2 ** bits;

/** Paints a time in milliseconds as a strip of black and white squares, which survive the encoder. */
export function paintStrip(context: CanvasDrawing, time: number): void {
  const value = Math.floor(time) % stripPeriod;
  for (let bit = 0; bit < bits; bit++) {
    context.fillStyle = Math.floor(value / 2 ** bit) % 2 === 1 ? '#fff' : '#000';
    context.fillRect(left + bit * side, top, side, side);
  }
}

/** Reads the time from a picture of 640 x 360. */
export function readStrip(context: Pick<CanvasRenderingContext2D, 'getImageData'>): number {
  let value = 0;
  for (let bit = 0; bit < bits; bit++) {
    const [red = 0] = context.getImageData(left + bit * side + side / 2, top + side / 2, 1, 1).data;
    if (red > 127) value += 2 ** bit;
  }
  return value;
}

type CanvasDrawing = Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect'>;
