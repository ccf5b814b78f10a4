import { element } from '../page/element';

const shownAtMost = 6;

/** The names that complete an "@" before the caret. Arrow keys choose, Enter and Tab insert, Escape closes. */
export class MentionList {
  readonly root = element('ul', { 'class': 'mention-list', 'role': 'listbox', 'aria-label': 'People to mention', 'hidden': true });
  readonly #field: HTMLTextAreaElement;
  readonly #names: () => readonly string[];
  #found: string[] = [];
  #chosen = 0;

  constructor(field: HTMLTextAreaElement, names: () => readonly string[]) {
    this.#field = field;
    this.#names = names;
    field.addEventListener('input', () => this.#search());
    field.addEventListener('blur', () => this.#show([]));
  }

  /** Handles a key of the field; returns whether it belonged to the list. */
  pressed(event: KeyboardEvent): boolean {
    if (this.root.hidden) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      this.#chosen = (this.#chosen + (event.key === 'ArrowDown' ? 1 : -1) + this.#found.length) % this.#found.length;
      this.#paint();
    } else if (event.key === 'Enter' || event.key === 'Tab') this.#insert(this.#found[this.#chosen] ?? '');
    else if (event.key === 'Escape') this.#show([]);
    else return false;
    event.preventDefault();
    return true;
  }

  #search(): void {
    const typed = this.#typed()?.toLowerCase();
    const names = typed === undefined ? [] : this.#names().filter((name) => name.toLowerCase().startsWith(typed));
    this.#show(names.filter((name) => name.toLowerCase() !== typed).slice(0, shownAtMost));
  }

  #typed(): string | undefined {
    return /(?:^|[^\p{L}\p{N}_])@([^@\n]{0,32})$/u.exec(this.#field.value.slice(0, this.#field.selectionStart))?.[1];
  }

  #insert(name: string): void {
    const end = this.#field.selectionStart;
    this.#field.setRangeText(`${name} `, end - (this.#typed()?.length ?? 0), end, 'end');
    this.#show([]);
    this.#field.dispatchEvent(new Event('input'));
  }

  #show(names: string[]): void {
    this.#found = names;
    this.#chosen = 0;
    this.#paint();
  }

  #paint(): void {
    this.root.hidden = this.#found.length === 0;
    this.root.replaceChildren(...this.#found.map((name, index) => element(
      'li',
      {
        'role': 'option',
        'aria-selected': String(index === this.#chosen),
        // The press must not take the focus from the field, which would close the list.
        'pointerdown': (event) => {
          event.preventDefault();
          this.#insert(name);
        },
      },
      element('bdi', {}, name),
    )));
  }
}
