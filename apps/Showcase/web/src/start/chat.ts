import code from 'code:Chat/ChatEndpoints.cs#typing:{room}';
import { lastWords, type RoomSummary } from '../chat/rooms';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type Application, type Preview, type Start, whileVisible } from './application';
import { showRows } from './rows';

export const chat: Application = {
  name: 'Chat',
  href: '/chat',
  group: 'Talk',
  use: 'Chat',
  sentence: 'Rooms with replies, reactions, mentions and search, that keep working while the connection is down.',
  demonstrates: ['nothing missed after an interruption', 'who is here and who is typing', 'messages written offline are sent once'],
  task: 'open it twice, cut one window’s connection with “wire”, and write in both.',
  code,
  preview,
};

/** Every room with its latest message. */
function preview({ connection, latest: { rooms, subscription } }: Start): Preview {
  const root = element('div', { class: 'rows-preview rooms-preview' }, openingNotice(connection, 'Opening the chat…', 'The rooms appear as soon as the connection is open.'));
  const paint = () => showRows(root, rooms.all.map(row));
  for (const event of ['subscribed', 'publication'] as const) subscription.on(event, () => painter.mark(paint));
  return { root, setVisible: whileVisible(subscription) };
}

function row(summary: RoomSummary): HTMLElement {
  return element(
    'a',
    { href: `/chat/${encodeURIComponent(summary.room)}` },
    element('span', {}, summary.title),
    element('span', { class: 'muted', dir: 'auto' }, lastWords(summary)),
  );
}
