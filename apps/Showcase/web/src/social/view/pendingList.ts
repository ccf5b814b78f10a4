import type { Outbox } from '../../conversation/outbox';
import { element } from '../../page/element';
import { postText } from './postText';

/** The posts of this browser that the server has not confirmed. */
export class PendingList {
  readonly root = element('div', { 'class': 'pending-posts', 'role': 'status', 'aria-label': 'Not sent yet' });
  readonly #outbox: Outbox;
  readonly #room: string;
  #shown = '';

  constructor(outbox: Outbox, room: string) {
    this.#outbox = outbox;
    this.#room = room;
  }

  paint(isConnected: boolean): void {
    const pending = this.#outbox.of(this.#room);
    const key = JSON.stringify([pending, isConnected, this.#outbox.heldBack]);
    if (key === this.#shown) return;
    this.#shown = key;
    this.root.replaceChildren(...pending.map(({ clientId, text, problem }) => element(
      'div',
      { class: 'post pending' },
      element('p', { class: 'text', dir: 'auto' }, ...postText(text)),
      element(
        'footer',
        { class: problem === undefined ? 'muted' : 'down' },
        problem === undefined ? this.#state(isConnected) : `Not posted: ${problem}`,
        ...(problem === undefined ? [] : [element('button', { type: 'button', class: 'link', click: () => this.#outbox.discard(clientId) }, 'Discard')]),
      ),
    )));
  }

  #state(isConnected: boolean): string {
    if (!isConnected) return 'Kept in this browser: it is posted once, when the connection is back.';
    return this.#outbox.heldBack === '' ? 'Posting…' : `${this.#outbox.heldBack} It is posted then.`;
  }
}
