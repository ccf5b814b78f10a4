import type { Connection } from '../connection/connection';
import { keepEntries } from '../connection/entries';
import { agoText } from '../page/ago';
import { element } from '../page/element';
import { painter } from '../page/painter';
import { toast } from '../page/toasts';
import type { ListedDocument } from './model/messages';

/** The list of open documents with the people in them, and the form that creates one. */
export class DocumentListView {
  readonly root: HTMLElement;
  readonly #connection: Connection;
  readonly #documents = new Map<string, ListedDocument>();
  readonly #title = element('input', { 'type': 'text', 'maxlength': 80, 'placeholder': 'Title', 'aria-label': 'Title of the new document', 'required': true });
  readonly #isClosed = element('input', { type: 'checkbox' });
  readonly #list = element('ul', { class: 'documents' });
  readonly #create = element('button', { type: 'submit', class: 'button primary' }, 'Create');

  constructor(connection: Connection, first: () => void) {
    this.#connection = connection;
    this.root = element(
      'div',
      { class: 'start' },
      element(
        'form',
        { class: 'panel create', submit: (event) => void this.#submit(event) },
        element('header', {}, element('h2', {}, 'New document')),
        element(
          'div',
          { class: 'inside' },
          element('label', { class: 'field' }, this.#title),
          element('label', { class: 'choice' }, this.#isClosed, 'Only people with the link can find it and write'),
          this.#create,
        ),
      ),
      element('section', { class: 'panel' }, element('header', {}, element('h2', {}, 'Documents')), this.#list),
    );
    const subscription = connection.client.newMapSubscription('pads:all');
    subscription.on('sync', first);
    keepEntries(subscription, this.#documents, () => painter.mark(this.#paint));
    subscription.subscribe();
    connection.onChange(() => {
      this.#create.disabled = connection.state !== 'connected';
    });
    setInterval(() => painter.mark(this.#paint), 30_000);
  }

  readonly #paint = (): void => {
    const sorted = [...this.#documents].sort(([, a], [, b]) => b.changed - a.changed);
    this.#list.replaceChildren(...sorted.map(([id, { title, length, changed, people, names }]) => element(
      'li',
      {},
      element('a', { href: `/pad/${id}` }, element('bdi', {}, title)),
      element('span', { class: 'muted number' }, `${length} characters · changed ${agoText(changed, this.#connection.serverNow)}`),
      element('span', { class: 'here' }, people === 0 ? '' : `${people} here: ${names.join(', ')}${people > names.length ? ' …' : ''}`),
    )));
  };

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    this.#create.disabled = true;
    try {
      const created = { title: this.#title.value, isOpen: !this.#isClosed.checked };
      const { doc, key } = (await this.#connection.client.rpc('pad.create', created)).data as { doc: string; key?: string };
      location.href = `/pad/${doc}${key === undefined ? '' : `#${key}`}`;
    } catch (error) {
      toast((error as Error).message, { kind: 'bad', subject: 'pad' });
      this.#create.disabled = false;
    }
  }
}
