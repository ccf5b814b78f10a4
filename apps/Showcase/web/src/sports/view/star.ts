import { element, setText } from '../../page/element';
import type { FavouriteKind } from '../model/favourites';
import type { Goals } from '../goals';

/** A button that makes a match or a team a favourite. */
export class Star {
  readonly root: HTMLButtonElement;
  readonly #goals: Goals;
  readonly #kind: FavouriteKind;
  readonly #name: string;

  constructor(goals: Goals, kind: FavouriteKind, name: string, label: string) {
    [this.#goals, this.#kind, this.#name] = [goals, kind, name];
    this.root = element('button', {
      'type': 'button',
      'class': 'star',
      'aria-label': `Favourite: ${label}`,
      'title': 'Favourite: its goals are reported in every window',
      'click': () => goals.set(kind, name, !this.#isOn),
    });
    this.paint();
  }

  paint(): void {
    this.root.setAttribute('aria-pressed', String(this.#isOn));
    setText(this.root, this.#isOn ? '★' : '☆');
  }

  get #isOn(): boolean {
    return this.#goals.favourites[this.#kind].includes(this.#name);
  }
}
