const shownOfId = 4;

// Bidirectional controls and invisible characters: names that differ only in them look the same.
const unseen = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

// Joiners are valid within words of some scripts and within emoji; only comparisons ignore them.
const hidden = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** Returns a name without characters that would reverse the text around it; empty when nothing is left. */
export function plainName(name: string): string {
  return name.replace(hidden, '').trim();
}

/** Returns the display form of a name. */
export function shownName(name: string): string {
  return plainName(name) || 'Nameless';
}

/**
 * The names in a room, by user. Names are not unique: users with the same name are displayed with the beginning of
 * their id, which a user cannot choose.
 */
export class Names {
  readonly #shown = new Map<string, string>();
  readonly #users = new Map<string, Set<string>>();

  saw(user: string, name: string): void {
    if (user === '') return;
    this.#shown.set(user, shownName(name));
    const alike = alikeOf(name);
    const users = this.#users.get(alike);
    if (users) users.add(user);
    else this.#users.set(alike, new Set([user]));
  }

  /** The display names, in the order in which they were seen. */
  get all(): string[] {
    return [...this.#shown.values()];
  }

  of(user: string, name: string): string {
    const shown = shownName(name);
    const isShared = user !== '' && (this.#users.get(alikeOf(name))?.size ?? 0) > 1;
    return isShared ? `${shown} #${user.slice(0, shownOfId)}` : shown;
  }
}

function alikeOf(name: string): string {
  return name.normalize('NFKC').replace(unseen, '').replace(/\s+/g, ' ').trim().toLowerCase();
}
