import '../design/base.css';
import '../design/components.css';
import './chat.css';
import { accountKey } from '../connection/accountKey';
import { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import { pageHead } from '../page/head';
import { remember, remembered } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { askName } from './nameDialog';
import { RoomList, type RoomSummary } from './roomList';
import type { Me } from './room/room';
import { RoomView } from './room/roomView';

const refreshRoomsMilliseconds = 10_000;

let rooms: RoomSummary[] = [];
let view: RoomView | undefined;
let me: Me = { user: '', name: remembered('name') ?? '' };

const connection = new Connection(connectData(), async (client) => {
  const { data } = await client.rpc('chat.rooms', {});
  takeRooms((data as { rooms: RoomSummary[] }).rooms);
  return undefined;
});

const nameButton = element(
  'button',
  { type: 'button', class: 'button', title: 'Change your name', click: () => void changeName() },
);
const list = new RoomList(
  (room) => {
    history.pushState(null, '', `/chat/${encodeURIComponent(room)}`);
    open(room);
  },
  element('p', { class: 'me' }, element('span', { class: 'muted' }, 'You are'), nameButton),
);
const loading = element('p', { class: 'notice whole' }, 'Connecting to the rooms…');
const content = element('main', { class: 'chat' }, list.root, loading);

document.body.append(
  pageHead('Chat', 'Rooms with history, presence and read markers; what you write offline is sent later', connection),
  content,
);
connection.client.on('connected', ({ data }) => {
  const told = data as { user?: string; name?: string; serverTime?: number } | undefined;
  me = { user: told?.user ?? '', name: told?.name ?? me.name };
  setText(nameButton, me.name);
  if (view && view.room.me.user === me.user && view.room.me.name === me.name) void view.room.outbox.flush();
  else if (view) open(view.room.name);
});
window.addEventListener('popstate', () => open(roomOfPath()));
shortcut('r', 'write a message', () => view?.focus());
setInterval(() => connection.state === 'connected' && void refreshRooms(), refreshRoomsMilliseconds);
connection.start();

function connectData(): { key: string; name?: string } {
  const name = remembered('name');
  return { key: accountKey(), ...(name ? { name } : {}) };
}

function roomOfPath(): string {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '') || (rooms[0]?.room ?? '');
}

function takeRooms(taken: RoomSummary[]): void {
  rooms = taken;
  if (!view) open(roomOfPath());
  else list.show(rooms, view.room.name);
}

async function refreshRooms(): Promise<void> {
  try {
    const { data } = await connection.client.rpc('chat.rooms', {});
    takeRooms((data as { rooms: RoomSummary[] }).rooms);
  } catch {
    // The next refresh asks again.
  }
}

function open(name: string): void {
  view?.leave();
  loading.remove();
  const summary = rooms.find((room) => room.room === name);
  view = new RoomView(name, summary?.title ?? name, me, connection);
  content.append(view.root, view.people);
  list.show(rooms, name);
  document.title = `${summary?.title ?? name} · Duplex chat`;
  if (matchMedia('(min-width: 761px)').matches) view.focus();
}

async function changeName(): Promise<void> {
  const name = await askName(me.name);
  if (name === undefined) return;
  remember('name', name);
  connection.client.setData(connectData());
  connection.cut();
}
