import { remember, remembered } from '../page/settings';

const setting = 'muted';

/** The people whose messages this browser does not show. Nobody else learns of it. */
export class Muted {
  readonly #names: Map<string, string>;

  constructor() {
    this.#names = new Map(read(remembered(setting)));
  }

  has(user: string): boolean {
    return this.#names.has(user);
  }

  set(user: string, name: string | undefined): void {
    if (name === undefined) this.#names.delete(user);
    else this.#names.set(user, name);
    remember(setting, JSON.stringify([...this.#names]));
  }
}

// Stored entries are validated, because they may be malformed.
function read(text: string | undefined): [string, string][] {
  try {
    const kept = JSON.parse(text ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter((entry) => Array.isArray(entry) && typeof entry[0] === 'string') : [];
  } catch {
    return [];
  }
}
