import type { Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import type { Message } from '../conversation/message';
import { firstSeen } from './firstSeen';
import { Rooms, type RoomSummary } from './rooms';

/**
 * Keeps the rooms up to date without polling: one channel carries the latest message of each room, and another, to
 * which the server subscribes this user, carries the user's read markers from every window. The caller subscribes.
 */
export function followRooms({ client }: Connection, changed: () => void): { rooms: Rooms; subscription: Subscription } {
  const rooms = new Rooms(firstSeen);
  client.on('connected', () => rooms.reconnected());
  const latest = client.newSubscription('rooms:latest');
  latest.on('subscribed', ({ data }) => {
    rooms.restart((data as { rooms: RoomSummary[] }).rooms);
    changed();
  });
  latest.on('publication', ({ data }) => {
    rooms.take(data as Message);
    changed();
  });
  client.on('publication', ({ channel, data }) => {
    if (!channel.startsWith('reads:')) return;
    const { room, id } = data as { room: string; id: number };
    rooms.moveRead(room, id);
    changed();
  });
  return { rooms, subscription: latest };
}
