import type { RoomSummary } from '../chat/roomList';
import type { Connection } from '../connection/connection';
import { element } from '../page/element';
import { card } from './card';

const refreshMilliseconds = 5000;

/** The chat's card: every room with its last message. */
export function chatCard(connection: Connection): HTMLElement {
  const preview = element('div', { class: 'rooms-preview' }, element('p', { class: 'notice' }, 'Connecting…'));
  const refresh = async () => {
    if (connection.client.state !== 'connected') return;
    try {
      const { data } = await connection.client.rpc('chat.rooms', {});
      preview.replaceChildren(...(data as { rooms: RoomSummary[] }).rooms.map(row));
    } catch {
      // The next refresh asks again.
    }
  };
  connection.client.on('connected', () => void refresh());
  setInterval(() => void refresh(), refreshMilliseconds);
  return card(
    {
      name: 'Chat',
      href: '/chat',
      sentence: 'Rooms you can talk in, also while the line is down.',
      demonstrates: ['history and recovery', 'presence, joins and leaves', 'sending offline without doubles'],
    },
    preview,
  );
}

function row(summary: RoomSummary): HTMLElement {
  const last = summary.last ? `${summary.last.name}: ${summary.last.text}` : 'no messages yet';
  return element(
    'a',
    { href: `/chat/${encodeURIComponent(summary.room)}` },
    element('span', {}, summary.title),
    element('span', { class: 'muted' }, last),
  );
}
