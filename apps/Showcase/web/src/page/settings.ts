/** What a person chose in this browser. Storage may be forbidden: the page then forgets, and works. */
export function remembered(name: string): string | undefined {
  try {
    return localStorage.getItem(`duplex.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`duplex.${name}`, value);
  } catch {
    // Private windows of some browsers refuse: the choice holds for this page.
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`duplex.${name}`);
  } catch {
    // As above: there is nothing to remove then.
  }
}

/** The names that begin so. */
export function rememberedNames(start: string): string[] {
  try {
    const names = Object.keys(localStorage).filter((key) => key.startsWith(`duplex.${start}`));
    return names.map((key) => key.slice('duplex.'.length));
  } catch {
    return [];
  }
}
