type Paint = () => void;

/**
 * Draws what was marked, once per animation frame however often it was marked. A hidden tab has no frames, so marks
 * wait there without piling up.
 */
export class Painter {
  readonly #marked = new Set<Paint>();
  #scheduled = false;

  /** Frames in which something was drawn. */
  frames = 0;
  /** The longest time one frame's drawing took since it was last reset, in milliseconds. */
  slowestMilliseconds = 0;

  mark(paint: Paint): void {
    this.#marked.add(paint);
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const started = performance.now();
    this.#scheduled = false;
    const paints = [...this.#marked];
    this.#marked.clear();
    for (const paint of paints) paint();
    this.frames++;
    this.slowestMilliseconds = Math.max(this.slowestMilliseconds, performance.now() - started);
  }
}

export const painter = new Painter();
