import { element } from '../../page/element';
import type { Pilot } from '../model/messages';

const best = '';

/** Chooses the pilot whom a spectator follows: the best one, unless another one of the room is chosen. */
export class Follow {
  readonly root = element('select', { 'class': 'button', 'aria-label': 'Follow', 'hidden': true });
  #listed = '';

  /** Lists the pilots. A chosen one who has left is followed no more. */
  paint(pilots: ReadonlyMap<number, Pilot>): void {
    const sorted = [...pilots].sort(([, a], [, b]) => a.name.localeCompare(b.name));
    const listed = JSON.stringify(sorted.map(([id, { name }]) => [id, name]));
    // An open list is not replaced when only scores have changed.
    if (listed === this.#listed) return;
    this.#listed = listed;
    const chosen = this.root.value;
    this.root.replaceChildren(
      element('option', { value: best }, 'the best pilot'),
      ...sorted.map(([id, { name }]) => element('option', { value: id }, name)),
    );
    this.root.value = pilots.has(Number(chosen)) ? chosen : best;
  }

  /** The words for whom is followed. */
  get words(): string {
    return this.root.selectedOptions[0]?.text ?? '';
  }

  /** Returns the ship that is followed. */
  of(pilots: ReadonlyMap<number, Pilot>): number | undefined {
    if (this.root.value !== best) return Number(this.root.value);
    return [...pilots].sort(([a, one], [b, other]) => other.kills - one.kills || a - b)[0]?.[0];
  }
}
