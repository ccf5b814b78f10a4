import type { Message } from './message';

const shownAtMost = 200;
const stepSize = 50;

/**
 * The part of a thread that is on the page, so that thousands of loaded messages stay light. It contains the latest
 * messages until it is held, and moves in steps that are shorter than itself, so that what is in sight stays there.
 */
export class ListWindow {
  readonly #size: number;
  readonly #step: number;
  // The id of the first message; undefined while the window follows the latest messages.
  #first: number | undefined;

  constructor(size = shownAtMost, step = stepSize) {
    this.#size = size;
    this.#step = step;
  }

  of(messages: readonly Message[]): readonly Message[] {
    const start = this.#start(messages);
    return messages.slice(start, start + this.#size);
  }

  hasEarlier(messages: readonly Message[]): boolean {
    return this.#start(messages) > 0;
  }

  hasLater(messages: readonly Message[]): boolean {
    return this.#start(messages) < this.#lastStart(messages);
  }

  /** Moves to the latest messages, and follows them. */
  follow(): void {
    this.#first = undefined;
  }

  /** Keeps its messages while newer ones arrive. */
  hold(messages: readonly Message[]): void {
    this.#moveTo(this.#start(messages), messages);
  }

  /** Moves so that a message is in the middle. */
  center(messages: readonly Message[], id: number): void {
    const index = messages.findIndex((message) => message.id >= id);
    this.#moveTo(index - Math.floor(this.#size / 2), messages);
  }

  /** Moves to earlier messages. Returns false when the first one is on the page. */
  moveUp(messages: readonly Message[]): boolean {
    if (!this.hasEarlier(messages)) return false;
    this.#moveTo(this.#start(messages) - this.#step, messages);
    return true;
  }

  /** Moves to later messages. Returns false when the last one is on the page. */
  moveDown(messages: readonly Message[]): boolean {
    if (!this.hasLater(messages)) return false;
    this.#moveTo(Math.min(this.#start(messages) + this.#step, this.#lastStart(messages)), messages);
    return true;
  }

  #moveTo(start: number, messages: readonly Message[]): void {
    this.#first = messages[Math.max(0, start)]?.id;
  }

  // Messages may have been removed since the window was held, so it never ends behind the last one.
  #start(messages: readonly Message[]): number {
    const last = this.#lastStart(messages);
    const first = this.#first;
    if (first === undefined) return last;
    const index = messages.findIndex(({ id }) => id >= first);
    return index < 0 ? last : Math.min(index, last);
  }

  #lastStart(messages: readonly Message[]): number {
    return Math.max(0, messages.length - this.#size);
  }
}
