const fadesAfterMilliseconds = 5000;
const publishedAtMostEveryMilliseconds = 3000;

/** The users who are typing. An indicator expires after a while; a message of the same user removes it at once. */
export class Typing {
  readonly #until = new Map<string, { name: string; until: number }>();
  #lastSign = Number.NEGATIVE_INFINITY;

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

  /** Returns whether an indicator of the own user is due. */
  shouldPublish(now: number): boolean {
    if (now - this.#lastSign < publishedAtMostEveryMilliseconds) return false;
    this.#lastSign = now;
    return true;
  }

  /** Called when the own user sent a message, which removed the own indicator: the next one is due at once. */
  sent(): void {
    this.#lastSign = Number.NEGATIVE_INFINITY;
  }
}

/** Returns "Ada is typing", "Ada and Bob are typing" or "3 people are typing". */
export function typingWords(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length === 1) return `${names[0]} is typing…`;
  if (names.length === 2) return `${names[0]} and ${names[1]} are typing…`;
  return `${names.length} people are typing…`;
}
