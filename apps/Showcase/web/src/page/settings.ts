// Settings of a person in this browser. Storage may be unavailable: settings then last only as long as the page.
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
    // Some browsers reject writes in private windows: the setting then applies to this page only.
  }
}

export function forget(name: string): void {
  try {
    localStorage.removeItem(`duplex.${name}`);
  } catch {
    // Storage is unavailable, so there is nothing to remove.
  }
}

/** Returns the names of the settings with a prefix. */
export function rememberedNames(start: string): string[] {
  try {
    const names = Object.keys(localStorage).filter((key) => key.startsWith(`duplex.${start}`));
    return names.map((key) => key.slice('duplex.'.length));
  } catch {
    return [];
  }
}

// Settings of a tab, which last while it is open.
export function rememberedForTab(name: string): string | undefined {
  try {
    return sessionStorage.getItem(`duplex.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function rememberForTab(name: string, value: string): void {
  try {
    sessionStorage.setItem(`duplex.${name}`, value);
  } catch {
    // Storage is unavailable: the setting lasts as long as the page.
  }
}

export function forgetForTab(name: string): void {
  try {
    sessionStorage.removeItem(`duplex.${name}`);
  } catch {
    // Storage is unavailable, so there is nothing to remove.
  }
}
