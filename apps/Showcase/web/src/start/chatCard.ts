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
      sentence: 'Chat rooms that keep working while the connection is down.',
      demonstrates: ['history and recovery', 'presence, joins and leaves', 'offline sending without duplicates'],
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
