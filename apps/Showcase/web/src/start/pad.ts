import code from 'code:Pad/PadEndpoints.cs#cursors:{doc}';
import { keepEntries } from '../connection/entries';
import type { ListedDocument } from '../pad/model/messages';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type Application, type Preview, type Start, whileVisible } from './application';
import { showRows } from './rows';

const rows = 4;

export const pad: Application = {
  name: 'Pad',
  href: '/pad',
  group: 'Together',
  use: 'Collaborative editing',
  sentence: 'Several people write one text at once; the server merges their changes and has stored each before it says “saved”.',
  demonstrates: ['cursors of others', 'offline changes merged after a reload', 'every version with its authors'],
  task: 'open the welcome document in two windows and type in both.',
  code,
  preview,
};

/** The documents that were changed last, with the people in them. */
function preview({ connection }: Start): Preview {
  const root = element(
    'div',
    { class: 'rows-preview documents-preview' },
    openingNotice(connection, 'Opening the documents…', 'They appear as soon as the connection is open.'),
  );
  const documents = new Map<string, ListedDocument>();
  const paint = () => {
    const latest = [...documents].sort(([, a], [, b]) => b.changed - a.changed).slice(0, rows);
    showRows(root, latest.map(([id, document]) => row(id, document)));
  };
  const list = connection.client.newMapSubscription('pads:all');
  keepEntries(list, documents, () => painter.mark(paint));
  return { root, setVisible: whileVisible(list) };
}

function row(id: string, { title, people, length }: ListedDocument): HTMLElement {
  return element(
    'a',
    { href: `/pad/${encodeURIComponent(id)}` },
    element('bdi', {}, title),
    element('span', { class: 'muted' }, `${length} characters`),
    element('span', {}, people === 0 ? '' : `${people} here`),
  );
}
