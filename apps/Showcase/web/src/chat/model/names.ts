const shownOfId = 4;

// Characters that turn the writing around or are not seen: names that differ only in them look the same.
const unseen = /[\p{Cc}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

// Joiners have a place within words of some scripts and within emoji; they only do not count in a comparison.
const hidden = /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

/** A name without what would turn the text around it; empty when nothing is left. */
export function plainName(name: string): string {
  return name.replace(hidden, '').trim();
}

/** A name as it is shown. */
export function shownName(name: string): string {
  return plainName(name) || 'Nameless';
}

/**
 * The people seen in a room, by user. Anybody may take any name: where two people have one, each is shown with the
 * beginning of their id, which nobody can choose.
 */
export class Names {
  readonly #users = new Map<string, Set<string>>();

  saw(user: string, name: string): void {
    if (user === '') return;
    const alike = alikeOf(name);
    const users = this.#users.get(alike);
    if (users) users.add(user);
    else this.#users.set(alike, new Set([user]));
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
