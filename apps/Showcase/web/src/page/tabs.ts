import { element } from './element';

export interface Tab {
  id: string;
  title: string;
}

/** A tab list with arrow keys. It calls `choose` with the chosen tab. */
export class Tabs {
  readonly root: HTMLElement;
  readonly #buttons = new Map<string, HTMLButtonElement>();
  readonly #choose: (id: string) => void;
  #chosen = '';

  constructor(label: string, tabs: Tab[], choose: (id: string) => void) {
    this.#choose = choose;
    this.root = element('div', { 'class': 'tabs', 'role': 'tablist', 'aria-label': label });
    for (const tab of tabs) {
      const button = element(
        'button',
        { 'type': 'button', 'role': 'tab', 'data-tab': tab.id, 'click': () => this.choose(tab.id) },
        tab.title,
      );
      this.#buttons.set(tab.id, button);
      this.root.append(button);
    }
    this.root.addEventListener('keydown', (event) => this.#move(event));
  }

  get chosen(): string {
    return this.#chosen;
  }

  choose(id: string): void {
    this.#chosen = id;
    for (const [key, button] of this.#buttons) {
      button.setAttribute('aria-selected', String(key === id));
      button.tabIndex = key === id ? 0 : -1;
    }
    this.#choose(id);
  }

  rename(id: string, title: string): void {
    const button = this.#buttons.get(id);
    if (button && button.textContent !== title) button.textContent = title;
  }

  #move(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const ids = [...this.#buttons.keys()];
    const next = ids[(ids.indexOf(this.#chosen) + step + ids.length) % ids.length];
    if (next === undefined) return;
    this.choose(next);
    this.#buttons.get(next)?.focus();
  }
}
