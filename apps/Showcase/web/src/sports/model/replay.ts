/** A clock that plays a finished match again, at a multiple of a real match's speed. */
export class Replay {
  speed = 12;
  isPlaying = false;
  #playedMilliseconds = 0;
  #since = 0;
  readonly #begin: number;
  readonly #rate: number;
  /** The length of the match in milliseconds of play. */
  readonly length: number;

  /** `rate` is the speed at which the entries of the log were made. */
  constructor(begin: number, end: number, rate: number) {
    [this.#begin, this.#rate, this.length] = [begin, rate, (end - begin) * rate];
  }

  played(now: number): number {
    const running = this.isPlaying ? (now - this.#since) * this.speed : 0;
    return Math.min(this.length, this.#playedMilliseconds + running);
  }

  /** The time in the log up to which incidents are shown. */
  limit(now: number): number {
    return this.#begin + this.played(now) / this.#rate;
  }

  play(now: number, isPlaying: boolean): void {
    if (isPlaying && this.played(now) >= this.length) this.seek(0, now);
    this.seek(this.played(now), now);
    this.isPlaying = isPlaying;
  }

  setSpeed(speed: number, now: number): void {
    this.seek(this.played(now), now);
    this.speed = speed;
  }

  seek(milliseconds: number, now: number): void {
    [this.#playedMilliseconds, this.#since] = [milliseconds, now];
  }
}
