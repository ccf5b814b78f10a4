import '../design/base.css';
import '../design/components.css';
import './pad.css';
import { visitorConnection } from '../connection/visitorConnection';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { remember, remembered } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { Title } from '../page/title';
import { DocumentListView } from './documentList';
import { DocumentView } from './documentView';

const connection = visitorConnection();
const id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const opening = openingNotice(connection, 'Opening the document…', 'Its text appears as soon as the connection is open.');
const content = element('main', { class: 'pad' }, opening);

openPage(connection, content);
if (id === '') openList();
else void openDocument();

function openList(): void {
  const list = new DocumentListView(connection, () => content.replaceChildren(list.root));
  connection.start();
}

async function openDocument(): Promise<void> {
  const key = location.hash.slice(1) || remembered(`pad-key.${id}`);
  // The key leaves the address, so that a copied address permits to read alone.
  if (location.hash !== '') {
    remember(`pad-key.${id}`, key ?? '');
    history.replaceState(null, '', location.pathname);
  }
  window.addEventListener('hashchange', () => location.reload());
  const isReader = new URLSearchParams(location.search).has('read');
  const view = new DocumentView(connection, id, { ...(key === undefined ? {} : { key }), isReader }, failed);
  const title = new Title(() => view.document.title === '' ? '' : `${view.document.title} · Duplex`);
  const show = () => {
    if (view.document.session && !view.root.isConnected) {
      content.replaceChildren(view.root);
      view.document.view?.requestMeasure();
    }
    title.touch();
  };
  connection.onChange(show);
  view.onChange(show);
  await view.open();
  show();
  connection.start();
  shortcut('e', 'write in the document', () => view.document.view?.focus());
  shortcut('Ctrl+Z', 'in the document: undo your last change');
}

function failed(reason: string): void {
  content.replaceChildren(element(
    'p',
    { class: 'notice whole' },
    element('strong', {}, 'The document was not opened'),
    element('span', {}, `${reason} `, element('a', { href: '/pad' }, 'See all documents.')),
  ));
}
