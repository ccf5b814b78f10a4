import type { Message } from '../../conversation/message';
import { element, setText } from '../../page/element';
import type { Room } from './room';

const shortestText = 2;
const waitMilliseconds = 300;
const clock = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

/** The search in a room. It searches while one types, at most a few times a second; a result opens its message. */
export class SearchPanel {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly #room: Room;
  readonly #field: HTMLInputElement;
  readonly #status = element('p', { class: 'muted', role: 'status' });
  readonly #list = element('ul');
  #timer = 0;
  #searched = 0;

  constructor(room: Room, open: (id: number) => void) {
    this.#room = room;
    this.button = element('button', {
      'type': 'button',
      'class': 'button plain',
      'aria-expanded': 'false',
      'title': 'Search in this room (f)',
      'click': () => this.toggle(),
    }, 'Search');
    this.#field = element('input', {
      'type': 'search',
      'aria-label': 'Search in this room',
      'placeholder': 'Search in this room',
      'maxlength': 100,
      'input': () => {
        clearTimeout(this.#timer);
        this.#timer = window.setTimeout(() => void this.#search(), waitMilliseconds);
      },
    });
    this.#list.addEventListener('click', (event) => {
      const button = (event.target as HTMLElement).closest('button');
      if (!button) return;
      this.toggle(false);
      open(Number(button.dataset.id));
    });
    this.root = element(
      'search',
      {
        class: 'search',
        hidden: true,
        keydown: (event) => {
          if ((event as KeyboardEvent).key !== 'Escape') return;
          this.toggle(false);
          this.button.focus();
        },
      },
      element('div', { class: 'field' }, this.#field),
      this.#status,
      this.#list,
    );
  }

  toggle(isOpen = this.root.hidden): void {
    this.root.hidden = !isOpen;
    this.button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) this.#field.select();
  }

  async #search(): Promise<void> {
    const text = this.#field.value.trim();
    const searched = ++this.#searched;
    if (text.length < shortestText) {
      this.#show([], '');
      return;
    }
    try {
      const found = await this.#room.search(text);
      // A later search may have been answered already.
      if (searched === this.#searched) this.#show(found, found.length === 0 ? 'Nothing found.' : '');
    } catch (error) {
      const { code = 0, message } = error as { code?: number; message?: string };
      if (searched === this.#searched) this.#show([], code >= 100 ? message ?? '' : 'There is no connection.');
    }
  }

  #show(found: readonly Message[], status: string): void {
    setText(this.#status, status);
    this.#list.replaceChildren(...found.map(({ id, user, name, text, time }) => element(
      'li',
      {},
      element(
        'button',
        { 'type': 'button', 'data-id': id },
        element('strong', {}, element('bdi', {}, this.#room.names.of(user, name))),
        element('span', { class: 'muted' }, ` ${clock.format(time)}`),
        element('span', { class: 'found', dir: 'auto' }, text),
      ),
    )));
  }
}
