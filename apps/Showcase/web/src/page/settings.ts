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
