type Paint = () => void;

/**
 * Runs each marked drawing once per animation frame, however often it was marked. A hidden tab has no frames, so its
 * marks wait and do not accumulate.
 */
export class Painter {
  readonly #marked = new Set<Paint>();
  #scheduled = false;

  /** The number of frames in which something was drawn. */
  frames = 0;
  /** The longest drawing time of a frame since the last reset, in milliseconds. */
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
