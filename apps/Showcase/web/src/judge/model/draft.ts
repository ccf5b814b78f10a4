export type Language = 'javascript' | 'typescript';

/** A version of the program that somebody writes for a problem. */
export interface Version {
  readonly text: string;
  readonly language: Language;
  /** When it was written, in Unix milliseconds. */
  readonly time: number;
}

/**
 * The program for a problem in this window. All windows of a browser share it, and the newest version wins. A version
 * that was written in this window and replaced by another window is kept and offered.
 */
export class Draft {
  readonly problem: string;
  #current: Version;
  #older: Version | undefined;
  #isOwn = false;

  constructor(problem: string, current: Version) {
    this.problem = problem;
    this.#current = current;
  }

  get current(): Version {
    return this.#current;
  }

  /** The version of this window that another one has replaced. */
  get older(): Version | undefined {
    return this.#older;
  }

  /** Takes what the person has written in this window. */
  write(text: string, language: Language, now: number): Version {
    this.#isOwn = true;
    return this.#take(text, language, now);
  }

  /** Takes the version of another window; false when the own one is as new, or says the same. */
  receive(version: Version): boolean {
    const { text, language, time } = this.#current;
    if (version.time <= time || (version.text === text && version.language === language)) return false;
    if (this.#isOwn) this.#older = this.#current;
    this.#isOwn = false;
    this.#current = version;
    return true;
  }

  /** Exchanges the current version and the older one, which is offered in its place. */
  exchange(now: number): Version {
    const older = this.#older ?? this.#current;
    this.#older = this.#current;
    this.#isOwn = true;
    return this.#take(older.text, older.language, now);
  }

  /** Withdraws the offer. */
  dismiss(): void {
    this.#older = undefined;
  }

  // Newer than what it replaces, even when the clock was set back.
  #take(text: string, language: Language, now: number): Version {
    return (this.#current = { text, language, time: Math.max(now, this.#current.time + 1) });
  }
}

/** Writes a version for the storage that all windows share. */
export function stored(version: Version): string {
  return JSON.stringify(version);
}

/** Reads a version from the storage; undefined when there is none. */
export function readVersion(text: string | null | undefined): Version | undefined {
  if (!text) return undefined;
  try {
    const { text: code, language, time } = JSON.parse(text) as Partial<Version>;
    if (typeof code !== 'string' || typeof time !== 'number') return undefined;
    return { text: code, language: language === 'typescript' ? 'typescript' : 'javascript', time };
  } catch {
    return undefined;
  }
}
