import { turned } from './snapshots';

// Less is a correction that is blended.
const leastTurn = 0.5;

/** Counts the drawn frames from a key that turns the ship until the drawn ship has turned. */
export class AnswerMeter {
  /** The frames of the last answer. */
  frames: number | undefined;
  /** The number of answers. */
  answers = 0;
  #heading: number | undefined;
  #count = 0;

  /** Begins at the heading that was drawn last. */
  pressed(heading: number | undefined): void {
    this.#heading = heading;
    this.#count = 0;
  }

  drawn(heading: number | undefined): void {
    if (this.#heading === undefined || heading === undefined) return;
    this.#count++;
    if (Math.abs(turned(this.#heading, heading)) < leastTurn) return;
    this.frames = this.#count;
    this.answers++;
    this.#heading = undefined;
  }
}
