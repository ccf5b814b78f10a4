import { height, unit, width } from '../physics/arena';

// At most this much beyond a wall is shown.
const beyondWall = 60 * unit;
const wideUnits = 1100;
const minScale = 0.62;
const maxScale = 1.5;

/** The part of the arena on the canvas. */
export class Camera {
  /** Pixels per unit. */
  scale = 1;
  #x = width / 2;
  #y = height / 2;
  #pixels = { width: 0, height: 0 };

  resize(pixelWidth: number, pixelHeight: number): void {
    this.#pixels = { width: pixelWidth, height: pixelHeight };
    this.scale = Math.max(minScale, Math.min(maxScale, pixelWidth / wideUnits));
  }

  /** Moves to a position, with the walls at the edge of the canvas. */
  follow(x: number, y: number): void {
    this.#x = within(x, this.#pixels.width / this.scale * unit / 2, width);
    this.#y = within(y, this.#pixels.height / this.scale * unit / 2, height);
  }

  /** Returns the pixel of a position. */
  at(x: number, y: number): [number, number] {
    return [
      (x - this.#x) / unit * this.scale + this.#pixels.width / 2,
      (y - this.#y) / unit * this.scale + this.#pixels.height / 2,
    ];
  }
}

function within(position: number, half: number, size: number): number {
  const [least, most] = [half - beyondWall, size - half + beyondWall];
  return least > most ? size / 2 : Math.max(least, Math.min(most, position));
}
