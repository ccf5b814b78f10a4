import { element, setText } from '../../page/element';
import type { Desk, Draft } from '../desk';

/** The stories that the server has not taken yet. */
export class DraftList {
  readonly root = element('ul', { class: 'drafts', hidden: true });
  readonly #desk: Desk;
  #drawn = '';

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  paint(isConnected: boolean): void {
    const { drafts, heldBack } = this.#desk;
    const drawn = JSON.stringify([drafts, heldBack, isConnected]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    this.root.hidden = drafts.length === 0;
    this.root.replaceChildren(...drafts.map((draft) => this.#item(draft, heldBack, isConnected)));
  }

  #item(draft: Draft, heldBack: string, isConnected: boolean): HTMLElement {
    const state = element('span', { class: draft.problem === undefined ? 'muted' : 'down' });
    setText(state, draft.problem ?? (heldBack !== '' ? heldBack : isConnected ? 'Sending…' : 'Waits for the connection'));
    return element(
      'li',
      {},
      element('bdi', {}, draft.title),
      state,
      element('button', { type: 'button', class: 'link', click: () => this.#desk.discard(draft) }, 'Discard'),
    );
  }
}
