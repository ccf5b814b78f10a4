import '../design/base.css';
import '../design/components.css';
import './chat.css';
import { accountKey } from '../connection/accountKey';
import { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { randomId } from '../page/randomId';
import { remember, remembered } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { Title } from '../page/title';
import { keptMessages } from '../conversation/keptMessages';
import type { Message, Pending } from '../conversation/message';
import { plainName } from '../conversation/names';
import { Outbox } from '../conversation/outbox';
import { askName } from './nameDialog';
import { RoomList } from './roomList';
import { followRooms } from './roomsFeed';
import type { Me } from './room/room';
import { RoomView } from './room/roomView';

const resendMilliseconds = 1000;

let view: RoomView | undefined;
let me: Me = { user: '', name: remembered('name') ?? '' };

const connection = new Connection(connectData());
const { rooms, subscription } = followRooms(connection, () => {
  if (!view && me.user !== '') open(roomOfPath());
  painter.mark(paintRooms);
  title.touch();
});
const title = new Title(titleText);
const outbox = new Outbox(
  {
    ...keptMessages,
    send,
    isConnected: () => connection.state === 'connected',
    now: () => Date.now(),
    makeId: () => randomId(),
  },
  delivered,
  () => view?.repaint(),
);
const nameButton = element(
  'button',
  { type: 'button', class: 'button', dir: 'auto', title: 'Change your name (n)', click: () => void changeName() },
  me.name || '…',
);
const whoAmI = element('p', { class: 'me' }, element('span', { class: 'muted' }, 'You are'), nameButton);
const list = new RoomList(rooms, outbox, visit, whoAmI);
const opening = openingNotice(connection, 'Opening the chat…', 'The rooms appear as soon as the connection is open.');
const content = element('main', { class: 'chat' }, list.root, opening);

openPage(connection, content);
connection.client.on('connected', ({ data }) => {
  const { user, name } = data as { user: string; name: string };
  const isSame = me.user === user && me.name === name;
  me = { user, name };
  setText(nameButton, me.name);
  if (view && !isSame) open(view.room.name);
});
connection.onChange(() => view?.repaint());
window.addEventListener('popstate', () => open(roomOfPath()));
// Pending messages are sent soon after a reconnect, and retried after a rate limit.
setInterval(() => void outbox.flush(), resendMilliseconds);
shortcut('r', 'write a message', () => view?.focus());
shortcut('Enter', 'in the field: send; with Shift: a new line');
shortcut('Esc', 'in the field: focus the messages');
shortcut('l', 'jump to the latest message', () => view?.jumpToLatest());
shortcut('j', 'next room', () => step(1));
shortcut('k', 'previous room', () => step(-1));
shortcut('p', 'show or hide the people in the room', () => view?.people.toggle());
shortcut('n', 'change your name', () => void changeName());
subscription.subscribe();
connection.start();

function connectData(): { key: string; name?: string } {
  const name = plainName(remembered('name') ?? '');
  return { key: accountKey(), ...(name ? { name } : {}) };
}

function roomOfPath(): string {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '') || (rooms.all[0]?.room ?? '');
}

async function send({ room, text, clientId }: Pending): Promise<Message> {
  const { data } = await connection.client.rpc('chat.send', { room, text, clientId });
  return (data as { message: Message }).message;
}

function delivered(message: Message): void {
  rooms.take(message);
  if (view?.room.name === message.room) view.room.take(message);
}

function visit(name: string): void {
  history.pushState(null, '', `/chat/${encodeURIComponent(name)}`);
  open(name);
  // On a phone the keyboard would cover the messages.
  if (matchMedia('(min-width: 761px)').matches) view?.focus();
}

function step(by: number): void {
  const next = view && rooms.neighbour(view.room.name, by);
  if (!next) return;
  history.pushState(null, '', `/chat/${encodeURIComponent(next)}`);
  open(next);
  view?.focusMessages();
}

function open(name: string): void {
  view?.leave();
  opening.remove();
  view = new RoomView(name, rooms.find(name)?.title ?? name, me, connection, outbox, () => painter.mark(paintRooms));
  content.append(view.root, view.people.root);
}

function paintRooms(): void {
  if (!view) return;
  list.paint(view.room.name, view.isReading);
  title.write();
}

function titleText(): string {
  if (!view) return '';
  const { name } = view.room;
  const unread = rooms.all.reduce((sum, { room, read }) => sum + (read > 0 ? rooms.unread(room) : 0), 0);
  return `${unread > 0 && !view.isReading ? `(${unread}) ` : ''}${rooms.find(name)?.title ?? name} · Duplex chat`;
}

async function changeName(): Promise<void> {
  const name = await askName(me.name);
  if (name === undefined) return;
  remember('name', name);
  connection.client.setData(connectData());
  // A rejected name has closed the connection, so the new name starts another one.
  if (connection.state === 'closed') connection.start();
  else connection.cut();
}
