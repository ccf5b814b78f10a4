type Paint = () => void;

// Nobody reads a number that changes more often.
const patienceMilliseconds = 100;

/**
 * Runs each marked drawing once per animation frame, however often it was marked. A hidden tab has no frames, so its
 * marks wait and do not accumulate.
 */
export class Painter {
  readonly #marked = new Set<Paint>();
  #isScheduled = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #drawnAt = Number.NEGATIVE_INFINITY;

  /** The number of frames in which something was drawn. */
  frames = 0;
  /** The longest drawing time of a frame since the last reset, in milliseconds. */
  slowestMilliseconds = 0;

  /**
   * Marks a drawing for the next frame. One that is not urgent waits until another one is marked or the last frame is
   * 100 ms old. A frame runs all marked drawings, so the parts of a page always show the same state.
   */
  mark(paint: Paint, isUrgent = true): void {
    this.#marked.add(paint);
    const wait = this.#drawnAt + patienceMilliseconds - performance.now();
    if (isUrgent || wait <= 0) this.#schedule();
    else if (!this.#isScheduled) this.#timer ??= setTimeout(() => this.#schedule(), wait);
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    const started = performance.now();
    this.#isScheduled = false;
    this.#drawnAt = started;
    const paints = [...this.#marked];
    this.#marked.clear();
    for (const paint of paints) paint();
    this.frames++;
    this.slowestMilliseconds = Math.max(this.slowestMilliseconds, performance.now() - started);
  }
}

export const painter = new Painter();
