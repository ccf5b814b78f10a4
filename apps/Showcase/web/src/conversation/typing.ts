const fadesAfterMilliseconds = 5000;
const publishedAtMostEveryMilliseconds = 3000;
const writesOnMilliseconds = 30_000;

/** The users who are typing. An indicator expires after a while; a message of the same user removes it at once. */
export class Typing {
  readonly #until = new Map<string, { name: string; until: number }>();
  #lastSign = Number.NEGATIVE_INFINITY;
  #lastInput = Number.NEGATIVE_INFINITY;

  saw(user: string, name: string, now: number): void {
    this.#until.set(user, { name, until: now + fadesAfterMilliseconds });
  }

  stopped(user: string): void {
    this.#until.delete(user);
  }

  people(now: number): { user: string; name: string }[] {
    for (const [user, { until }] of this.#until) if (until <= now) this.#until.delete(user);
    return [...this.#until].map(([user, { name }]) => ({ user, name }));
  }

  /** Called on every input of the own user; `isEmpty` when no text is left. */
  wrote(isEmpty: boolean, now: number): void {
    this.#lastInput = isEmpty ? Number.NEGATIVE_INFINITY : now;
  }

  /**
   * Returns whether an indicator of the own user is due. While there is a text they repeat, so that a pause for thought
   * does not end them, until the latest input is half a minute old.
   */
  shouldPublish(now: number): boolean {
    const isWriting = now - this.#lastInput < writesOnMilliseconds;
    if (!isWriting || now - this.#lastSign < publishedAtMostEveryMilliseconds) return false;
    this.#lastSign = now;
    return true;
  }

  /** Called when the own user sent a message, which removed the own indicator; the next input shows another one. */
  sent(): void {
    this.#lastSign = Number.NEGATIVE_INFINITY;
    this.#lastInput = Number.NEGATIVE_INFINITY;
  }
}

/** Returns "Ada is typing", "Ada and Bob are typing" or "3 people are typing". */
export function typingWords(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length === 1) return `${names[0]} is typing…`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing…`;
  return `${names.length} people are typing…`;
}
