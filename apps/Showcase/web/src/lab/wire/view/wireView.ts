import { lineApi } from '../../../line/lineApi';
import { accountKey } from '../../../connection/accountKey';
import { element, setText } from '../../../page/element';
import { painter } from '../../../page/painter';
import { readWire } from '../wireReport';
import { WireSession } from '../wireSession';
import { acceptSteps } from './acceptSteps';
import { frameDetail } from './frameDetail';
import { FrameList } from './frameList';
import { headTable } from './headTable';
import '../wire.css';

const maxCharacters = 1000;

/** The panel that takes the bytes of a WebSocket apart. */
export class WireView {
  readonly root: HTMLElement;
  readonly #session = new WireSession(lineApi(accountKey), readWire, () => painter.mark(this.#paint));
  readonly #open: HTMLButtonElement;
  readonly #close: HTMLButtonElement;
  readonly #send: HTMLButtonElement;
  readonly #compress = element('input', { type: 'checkbox' });
  readonly #text = element('input', { type: 'text', maxlength: maxCharacters, value: 'Hello, wire!', autocomplete: 'off', required: true });
  readonly #status = element('p', { role: 'status' });
  readonly #handshake = element('div', { class: 'handshake' });
  readonly #frames = new FrameList((index) => this.#choose(index));
  readonly #detail = element('div');
  #heads = 0;
  #selected: number | undefined;
  #detailed = '';
  // The number of frames when the visitor sent a message: the next one up is its frame.
  #sentAt: number | undefined;

  constructor() {
    const button = (title: string, click: () => void) => element('button', { type: 'button', class: 'button', click }, title);
    this.#open = button('Open a WebSocket', () => this.#start());
    this.#open.classList.add('primary');
    this.#close = button('Close it', () => this.#session.close());
    this.#send = element('button', { type: 'submit', class: 'button' }, 'Send');
    const form = element(
      'form',
      { class: 'choices send' },
      element('label', { class: 'field' }, 'Message', this.#text),
      this.#send,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#sentAt = this.#session.frames.length;
      this.#session.send(this.#text.value);
    });
    this.root = element(
      'section',
      { 'class': 'panel station', 'aria-label': 'The wire' },
      element('h2', {}, 'The wire'),
      element('p', { class: 'muted' }, 'A WebSocket of this page passes a line that keeps its bytes. The server takes them apart with the frame reader of Duplex.Protocol, which reads every connection, and returns what you type.'),
      element('div', { class: 'choices' }, this.#open, this.#close, element('label', { class: 'check' }, this.#compress, 'with compression (permessage-deflate)')),
      form,
      this.#status,
      this.#handshake,
      this.#frames.root,
      this.#detail,
    );
    window.addEventListener('pagehide', () => this.#session.leave());
    this.#paint();
  }

  #start(): void {
    [this.#selected, this.#sentAt] = [undefined, undefined];
    void this.#session.open(location.hostname, this.#compress.checked ? '/lab/echo/deflate' : '/lab/echo');
  }

  #choose(index: number): void {
    this.#selected = index;
    this.#paint();
  }

  readonly #paint = () => {
    const { state, frames, problem } = this.#session;
    // A button that is disabled loses the focus: a second press has no effect instead.
    this.#open.disabled = state === 'open';
    this.#close.disabled = state !== 'open';
    this.#send.disabled = state !== 'open';
    this.#compress.disabled = state === 'open';
    setText(this.#status, problem === '' ? this.#words() : problem);
    this.#status.className = problem === '' ? 'muted' : 'warn';
    this.#paintHandshake();
    if (this.#sentAt !== undefined) {
      const sent = frames.findIndex(({ isUp, frame }, index) => index >= (this.#sentAt ?? 0) && isUp && frame.opcode === 'Text');
      if (sent >= 0) [this.#selected, this.#sentAt] = [sent, undefined];
    }
    this.#frames.root.hidden = frames.length === 0;
    this.#frames.paint(frames, this.#selected);
    this.#paintDetail();
  };

  #paintHandshake(): void {
    const { request, response, accept } = this.#session;
    const heads = Number(request !== undefined) + Number(response !== undefined);
    if (heads === this.#heads) return;
    this.#heads = heads;
    this.#handshake.replaceChildren(
      ...(request ? [headTable('Request', request)] : []),
      ...(response ? [headTable('Response', response)] : []),
      ...(response && accept ? [acceptSteps(accept)] : []),
    );
  }

  #paintDetail(): void {
    const seen = this.#selected === undefined ? undefined : this.#session.frames[this.#selected];
    const detailed = seen ? `${this.#selected} ${seen.isUp} ${seen.frame.at} ${seen.bytes.length}` : '';
    if (detailed === this.#detailed) return;
    this.#detailed = detailed;
    this.#detail.replaceChildren(...(seen ? [frameDetail((this.#selected ?? 0) + 1, seen)] : []));
  }

  #words(): string {
    const { state, frames } = this.#session;
    if (state === 'idle') return 'Open a WebSocket: its handshake appears here.';
    if (state === 'opening') return 'Opening.';
    if (state === 'closed') return 'The WebSocket has closed. Its last frames are the closing handshake.';
    return frames.length === 0 ? 'Open. Send a message: its frame and the echo appear below.' : 'Open. Select a frame to see its bits.';
  }
}
