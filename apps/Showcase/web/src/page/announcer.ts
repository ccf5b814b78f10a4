const quietMilliseconds = 4000;

/** Announces new messages to screen readers: at most once in four seconds, and several messages as their number. */
export class Announcer {
  readonly #sum: (count: number, last: string) => string;
  readonly #speak: (text: string) => void;
  #count = 0;
  #last = '';
  #isQuiet = false;

  constructor(sum: (count: number, last: string) => string, speak: (text: string) => void) {
    this.#sum = sum;
    this.#speak = speak;
  }

  say(text: string): void {
    this.#count++;
    this.#last = text;
    if (!this.#isQuiet) this.#announce();
  }

  #announce(): void {
    this.#speak(this.#count === 1 ? this.#last : this.#sum(this.#count, this.#last));
    this.#count = 0;
    this.#isQuiet = true;
    setTimeout(() => {
      this.#isQuiet = false;
      if (this.#count > 0) this.#announce();
    }, quietMilliseconds);
  }
}
