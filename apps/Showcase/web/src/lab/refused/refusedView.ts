import { accountKey } from '../../connection/accountKey';
import { lineApi } from '../../line/lineApi';
import { element, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { readWire } from '../wire/wireReport';
import { Fallback, type Replacement } from './fallback';

/** The panel in which a client of the hub loses its WebSocket and goes on without one. */
export class RefusedView {
  readonly root: HTMLElement;
  readonly #fallback = new Fallback(lineApi(accountKey), readWire, () => painter.mark(this.#paint));
  readonly #replacement = element(
    'select',
    { class: 'button', id: 'replacement' },
    element('option', { value: 'http_stream' }, 'HTTP stream'),
    element('option', { value: 'sse' }, 'server-sent events'),
  );

  readonly #button = element('button', { type: 'button', class: 'button primary', click: () => this.#toggle() });
  readonly #status = element('p', { role: 'status' });
  // Not a live region: it changes each second.
  readonly #figures = element('p', { class: 'number' });
  readonly #steps = element('ol');

  constructor() {
    this.root = element(
      'section',
      { 'class': 'panel station', 'aria-label': 'A refused WebSocket' },
      element('h2', {}, 'A refused WebSocket'),
      element('p', { class: 'muted' }, 'Some proxies refuse upgrades. Here the published centrifuge client tries an address that answers each upgrade with 403, and then the next transport: one response that stays open carries messages to the page, and requests to /emulation carry those to the server.'),
      element('div', { class: 'choices' }, element('label', { for: 'replacement' }, 'Next transport'), this.#replacement, this.#button),
      this.#steps,
      this.#status,
      this.#figures,
    );
    window.addEventListener('pagehide', () => this.#fallback.disconnect());
    this.#paint();
  }

  #toggle(): void {
    if (this.#fallback.isOpen) this.#fallback.disconnect();
    else void this.#fallback.connect(location.hostname, location.origin, this.#replacement.value as Replacement);
  }

  readonly #paint = () => {
    const { isOpen, steps, problem, sent, replies, roundTrip } = this.#fallback;
    setText(this.#button, isOpen ? 'Disconnect' : 'Connect');
    this.#replacement.disabled = isOpen;
    this.#steps.hidden = steps.length === 0;
    steps.forEach(({ action, outcome, isRefusal }, index) => {
      const item = this.#steps.children[index] ?? this.#steps.appendChild(element('li', {}, element('span'), ' ', element('strong')));
      const [said, result] = [item.firstElementChild, item.lastElementChild];
      if (said) setText(said, action);
      if (!result) return;
      setText(result, outcome);
      result.className = isRefusal ? 'warn' : '';
    });
    while (this.#steps.children.length > steps.length) this.#steps.lastElementChild?.remove();
    setText(this.#status, problem === '' ? this.#words() : problem);
    this.#status.className = problem === '' ? 'muted' : 'warn';
    setText(this.#figures, roundTrip === undefined
      ? ''
      : `${sent} calls up by POST /emulation, ${replies} replies down in the stream, the latest after ${Math.round(roundTrip)} ms.`);
  };

  #words(): string {
    const { isOpen, steps, roundTrip } = this.#fallback;
    if (!isOpen) return steps.length === 0 ? 'Connect: each step of the client appears here.' : 'Disconnected.';
    return roundTrip === undefined ? 'Connecting.' : 'Messages flow without a WebSocket.';
  }
}
