const intervalMilliseconds = 1000;

/**
 * Keeps the tab's title at most a second out of date, even while the tab is hidden: a hidden tab draws no frames and
 * its timers may be suspended, but messages still arrive, and their handlers call `touch`.
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
