import { element, setText } from '../../page/element';
import { type Pace, paces } from '../feed';
import { exchangeSector, type Selection, selectionOf, selectionText } from '../model/selection';
import type { WatchList } from '../model/messages';

/** What the toolbar changes. */
export interface ToolbarParts {
  select(selection: Selection): void;
  search(text: string): void;
  setPace(pace: Pace): void;
  setPaused(isPaused: boolean): void;
  newList(): void;
  renameList(id: string): void;
  removeList(id: string): void;
}

/** The rows, the rate and the search. */
export class Toolbar {
  readonly root: HTMLElement;
  readonly searchField = element('input', { 'type': 'search', 'placeholder': 'Search (/)', 'aria-label': 'Search instruments' });
  readonly #parts: ToolbarParts;
  readonly #choice = element('select', { 'class': 'button', 'aria-label': 'Instruments shown' });
  readonly #pause = element('button', { 'type': 'button', 'class': 'button', 'aria-pressed': 'false' }, 'Pause');
  readonly #own: HTMLElement;
  #isPaused = false;

  constructor(parts: ToolbarParts, pace: Pace) {
    this.#parts = parts;
    this.#choice.addEventListener('change', () => parts.select(selectionOf(this.#choice.value)));
    this.searchField.addEventListener('input', () => parts.search(this.searchField.value));
    this.#pause.addEventListener('click', () => this.togglePause());
    this.#own = element(
      'span',
      { class: 'choices' },
      element('button', { type: 'button', class: 'button', click: () => this.#ofList((id) => parts.renameList(id)) }, 'Rename'),
      element('button', { type: 'button', class: 'button', click: () => this.#ofList((id) => parts.removeList(id)) }, 'Remove list'),
    );
    this.root = element(
      'div',
      { class: 'toolbar' },
      this.#choice,
      element('button', { type: 'button', class: 'button', click: () => parts.newList() }, 'New list'),
      this.#own,
      element('div', { class: 'field' }, this.searchField),
      this.#paces(pace),
      this.#pause,
    );
  }

  togglePause(): void {
    this.#isPaused = !this.#isPaused;
    this.#pause.setAttribute('aria-pressed', String(this.#isPaused));
    setText(this.#pause, this.#isPaused ? 'Go on' : 'Pause');
    this.#parts.setPaused(this.#isPaused);
  }

  paint(selection: Selection, sectors: readonly string[], lists: Iterable<WatchList>): void {
    const own = [...lists].map(({ id, name, symbols }) => option(`list:${id}`, `${name} (${symbols.length})`));
    const options = [
      option('all', 'All instruments'),
      group('Sectors', [...sectors, exchangeSector].map((sector) => option(`sector:${sector}`, titleOf(sector)))),
      ...(own.length > 0 ? [group('My lists', own)] : []),
    ];
    this.#choice.replaceChildren(...options);
    this.#choice.value = selectionText(selection);
    this.#own.hidden = selection.kind !== 'list';
  }

  #paces(chosen: Pace): HTMLElement {
    const buttons = paces.map((pace) => element(
      'button',
      { 'type': 'button', 'class': 'button', 'title': pace.hint, 'aria-pressed': String(pace === chosen) },
      pace.title,
    ));
    for (const [index, button] of buttons.entries())
      button.addEventListener('click', () => {
        for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
        const pace = paces[index];
        if (pace) this.#parts.setPace(pace);
      });
    return element('div', { 'class': 'paces', 'role': 'group', 'aria-label': 'Rate' }, ...buttons);
  }

  #ofList(run: (id: string) => void): void {
    const selection = selectionOf(this.#choice.value);
    if (selection.kind === 'list') run(selection.id);
  }
}

function option(value: string, title: string): HTMLElement {
  return element('option', { value }, title);
}

function group(label: string, options: HTMLElement[]): HTMLElement {
  return element('optgroup', { label }, ...options);
}

function titleOf(sector: string): string {
  return sector.charAt(0).toUpperCase() + sector.slice(1);
}
