import { followRooms } from '../chat/roomsFeed';
import { lastWords, type RoomSummary } from '../chat/rooms';
import type { Connection } from '../connection/connection';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { card, type Card, whileVisible } from './card';

/** Creates the chat's card: every room with its latest message. */
export function chatCard(connection: Connection): Card {
  const preview = element('div', { class: 'rooms-preview' }, openingNotice(connection, 'Opening the chat…', 'The rooms appear as soon as the connection is open.'));
  const paint = () => preview.replaceChildren(...rooms.all.map(row));
  const { rooms, subscription } = followRooms(connection, () => painter.mark(paint));
  const root = card(
    {
      name: 'Chat',
      href: '/chat',
      topic: 'Talk · chat',
      sentence: 'Rooms with replies, reactions, mentions and search, that keep working while the connection is down.',
      demonstrates: ['nothing missed after an interruption', 'who is here and who is typing', 'messages written offline are sent once'],
      task: 'open it twice, cut one window’s connection with “wire”, and write in both.',
    },
    preview,
  );
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
