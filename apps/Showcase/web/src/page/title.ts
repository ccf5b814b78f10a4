const intervalMilliseconds = 1000;

/**
 * Keeps the tab's title true at most a second behind, also while the tab is hidden: a hidden tab draws no frames and
 * its timers may sleep, but messages still arrive, and whoever takes one calls `touch`.
 */
export class Title {
  readonly #read: () => string;
  #writtenAt = Number.NEGATIVE_INFINITY;

  constructor(read: () => string) {
    this.#read = read;
    setInterval(() => this.write(), intervalMilliseconds);
    document.addEventListener('visibilitychange', () => this.write());
  }

  touch(): void {
    if (performance.now() - this.#writtenAt >= intervalMilliseconds) this.write();
  }

  write(): void {
    this.#writtenAt = performance.now();
    const title = this.#read();
    if (title !== '' && document.title !== title) document.title = title;
  }
}
