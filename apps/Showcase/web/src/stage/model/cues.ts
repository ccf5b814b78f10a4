/** A slide, and the time of the media in milliseconds at which it was turned; 0 without media. */
export interface Cue {
  readonly slide: number;
  readonly at: number;
}

const mostWaiting = 20;
// A viewer is never further behind: a cue that lies further ahead belongs to another clock.
const longestMilliseconds = 3000;

/** Turns the slides when the words arrive: a viewer who is 300 ms behind turns 300 ms later. */
export class Cues {
  #shown: Cue = { slide: 0, at: 0 };
  #waiting: Cue[] = [];

  /** Shows a slide at once, as for somebody who joins. */
  show(cue: Cue): void {
    this.#shown = cue;
    this.#waiting = [];
  }

  add(cue: Cue): void {
    this.#waiting.push(cue);
    if (this.#waiting.length > mostWaiting) this.#waiting.shift();
  }

  /** Returns how long ago the shown slide was due, in milliseconds. */
  lateAt(media: number): number {
    return media - this.#shown.at;
  }

  /** Returns the slide for the time of the media; without one the latest. */
  slideAt(media: number | undefined): number {
    for (let next = this.#waiting[0]; next; next = this.#waiting[0]) {
      const wait = media === undefined || next.at === 0 ? 0 : next.at - media;
      if (wait > 0 && wait < longestMilliseconds) break;
      this.#shown = next;
      this.#waiting.shift();
    }
    return this.#shown.slide;
  }
}
