import '../design/base.css';
import '../design/components.css';
import { visitorConnection } from '../connection/visitorConnection';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { shortcut } from '../page/shortcuts';
import { DeskView } from './desk/deskView';
import { VisitorView } from './visitorView';

const connection = visitorConnection();
const isDesk = location.pathname.startsWith('/support/desk');
const opening = openingNotice(connection, 'Opening the helpdesk…', 'It appears as soon as the connection is open.');
const content = element('main', { class: isDesk ? 'support desk' : 'support' }, opening);
const parts = isDesk ? openDesk() : openConversation();

openPage(connection, content);
connection.client.once('connected', () => content.replaceChildren(...parts));
connection.start();

function openDesk(): HTMLElement[] {
  const desk = new DeskView(connection);
  shortcut('r', 'write a reply', () => desk.focus());
  shortcut('c', 'take the case', () => desk.take());
  shortcut('n', 'switch between a reply and a note', () => desk.switchNote());
  shortcut('j', 'next case', () => desk.step(1));
  shortcut('k', 'previous case', () => desk.step(-1));
  return [desk.root];
}

function openConversation(): HTMLElement[] {
  const view = new VisitorView(connection);
  shortcut('r', 'write a message', () => view.composer.focus());
  const link = element('a', { href: '/support/desk' }, 'the desk');
  return [
    element('div', { class: 'panel visitor' }, view.root),
    element('p', { class: 'muted aside' }, 'Agents answer at ', link, '.'),
  ];
}
