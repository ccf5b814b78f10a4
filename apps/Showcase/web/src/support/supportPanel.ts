import type { Connection } from '../connection/connection';
import { element } from '../page/element';
import { VisitorView } from './visitorView';

/** The helpdesk on a page of another application, on the connection of that page. */
export class SupportPanel extends HTMLElement {
  #view: VisitorView | undefined;

  /** Creates the content. `unread` receives the number of unread messages, and `close` closes the panel. */
  open(connection: Connection, unread: (count: number) => void, close: () => void): void {
    this.className = 'support-panel';
    this.hidden = true;
    const view = this.#view = new VisitorView(connection, () => unread(view.unread));
    view.setVisible(false);
    this.append(element(
      'section',
      { 'class': 'panel', 'aria-label': 'Helpdesk' },
      element(
        'header',
        {},
        element('h2', {}, 'Helpdesk'),
        element('a', { href: '/support' }, 'own page'),
        element('button', { 'type': 'button', 'class': 'button plain icon', 'aria-label': 'Close the helpdesk', 'click': close }, '✕'),
      ),
      view.root,
    ));
    this.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') close();
    });
  }

  setOpen(isOpen: boolean): void {
    this.hidden = !isOpen;
    this.#view?.setVisible(isOpen);
  }

  focusField(): void {
    this.#view?.composer.focus();
  }
}

customElements.define('support-panel', SupportPanel);
