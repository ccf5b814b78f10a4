/**
 * The elements on the screen, by key. Pages use it to subscribe only to what is visible. An element near the edge
 * counts as visible, so that its content has arrived when it scrolls in.
 */
export class Visible {
  readonly #changed: (key: string, isVisible: boolean) => void;
  readonly #keys = new Map<Element, string>();
  readonly #shown = new Set<string>();
  readonly #observer: IntersectionObserver;

  constructor(changed: (key: string, isVisible: boolean) => void, marginPixels = 100) {
    this.#changed = changed;
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const key = this.#keys.get(target);
        if (key !== undefined) this.#set(key, isIntersecting);
      }
    }, { rootMargin: `${marginPixels}px` });
  }

  get keys(): ReadonlySet<string> {
    return this.#shown;
  }

  watch(key: string, element: Element): void {
    this.#keys.set(element, key);
    this.#observer.observe(element);
  }

  forget(element: Element): void {
    const key = this.#keys.get(element);
    this.#observer.unobserve(element);
    this.#keys.delete(element);
    if (key !== undefined) this.#set(key, false);
  }

  #set(key: string, isVisible: boolean): void {
    if (this.#shown.has(key) === isVisible) return;
    if (isVisible) this.#shown.add(key);
    else this.#shown.delete(key);
    this.#changed(key, isVisible);
  }
}
