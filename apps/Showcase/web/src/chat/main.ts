import '../design/base.css';
import '../design/components.css';
import '../conversation/composer.css';
import './chat.css';
import { accountKey } from '../connection/accountKey';
import { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { forget, remember, remembered } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { Notices } from '../page/notices';
import { markTabIcon } from '../page/tabIcon';
import { Title } from '../page/title';
import { toast } from '../page/toasts';
import { keptOutbox } from '../conversation/keptOutbox';
import type { Message, Pending } from '../conversation/message';
import { Muted } from '../conversation/muted';
import { mentions } from '../conversation/markup';
import { plainName, shownName } from '../conversation/names';
import { askName } from './nameDialog';
import { RoomList } from './roomList';
import { followRooms } from './roomsFeed';
import type { Me } from './room/room';
import { RoomView } from './room/roomView';

const muted = new Muted();

let view: RoomView | undefined;
let me: Me = { user: '', name: remembered('name') ?? '' };

const connection = new Connection(connectData());
const { rooms, subscription } = followRooms(connection, () => {
  if (!view && me.user !== '') open(roomOfPath());
  painter.mark(paintRooms);
  title.touch();
});
const title = new Title(titleText);
const notices = new Notices();
const outbox = keptOutbox('outbox.', connection, send, delivered, () => view?.repaint());
const nameButton = element(
  'button',
  { type: 'button', class: 'button', dir: 'auto', title: 'Change your name (n)', click: () => void changeName() },
  me.name || '…',
);
const guestName = element('bdi');
const nameBar = element(
  'p',
  { class: 'name-bar', hidden: true },
  'Others see you as ',
  guestName,
  '. ',
  element('button', { type: 'button', class: 'link', click: () => void changeName() }, 'Choose your name'),
);
const whoAmI = element('p', { class: 'me' }, element('span', { class: 'muted' }, 'You are'), nameButton);
const list = new RoomList(rooms, outbox, visit, notices.button, whoAmI);
const opening = openingNotice(connection, 'Opening the chat…', 'The rooms appear as soon as the connection is open.');
const content = element('main', { class: 'chat' }, list.root, opening);

openPage(connection, content);
connection.client.on('connected', ({ data }) => {
  const { user, name } = data as { user: string; name: string };
  const isSame = me.user === user && me.name === name;
  if (!isSame) me = { user, name };
  setText(nameButton, me.name);
  setText(guestName, me.name);
  nameBar.hidden = remembered('name') !== undefined;
  if (view && !isSame) open(view.room.name);
});
connection.onChange(() => view?.repaint());
window.addEventListener('popstate', () => open(roomOfPath()));
shortcut('r', 'write a message', () => view?.focus());
shortcut('Enter', 'in the field: send; with Shift: a new line');
shortcut('Esc', 'in the field: focus the messages');
shortcut('l', 'jump to the latest message', () => view?.jumpToLatest());
shortcut('f', 'search in the room', () => view?.search.toggle());
shortcut('↑ ↓', 'from message to message; in the empty field: edit your last message');
shortcut('Enter', 'on a message: its actions');
shortcut('j', 'next room', () => step(1));
shortcut('k', 'previous room', () => step(-1));
shortcut('p', 'show or hide the people in the room', () => view?.people.toggle());
shortcut('n', 'change your name', () => void changeName());
subscription.on('publication', ({ data }) => notify(data as Message));
window.addEventListener('storage', ({ key }) => {
  // Another window of this browser has changed the name.
  const name = plainName(remembered('name') ?? '');
  if (key === 'duplex.name' && name !== '') {
    connection.client.setData(connectData());
    void rename(name);
  }
});
subscription.subscribe();
connection.start();

function connectData(): { key: string; name?: string } {
  const name = plainName(remembered('name') ?? '');
  return { key: accountKey(), ...(name ? { name } : {}) };
}

function roomOfPath(): string {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '') || (rooms.all[0]?.room ?? '');
}

async function send({ room, text, clientId, replyTo }: Pending): Promise<Message> {
  const { data } = await connection.client.rpc('chat.send', { room, text, clientId, replyTo });
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
  const title = rooms.find(name)?.title ?? name;
  const changed = () => painter.mark(paintRooms);
  view = new RoomView(name, title, { me, connection, outbox, muted, aboveField: nameBar, changed });
  content.append(view.root, view.people.root);
  const message = Number(new URLSearchParams(location.search).get('message'));
  if (message > 0) view.openMessage(message);
}

function paintRooms(): void {
  if (!view) return;
  list.paint(view.room.name, view.isReading);
  title.write();
}

function titleText(): string {
  if (!view) return '';
  const { name } = view.room;
  const unread = rooms.all.reduce((sum, { room }) => sum + rooms.unread(room), 0);
  markTabIcon(unread > 0 && !view.isReading);
  return `${unread > 0 && !view.isReading ? `(${unread}) ` : ''}${rooms.find(name)?.title ?? name} · Duplex chat`;
}

async function changeName(): Promise<void> {
  const name = await askName(me.name);
  if (name === undefined) return;
  const before = remembered('name');
  remember('name', name);
  connection.client.setData(connectData());
  if (await rename(name)) return;
  if (before === undefined) forget('name');
  else remember('name', before);
  connection.client.setData(connectData());
}

/** Changes the name over the connection. Returns false when the server rejected it. */
async function rename(name: string): Promise<boolean> {
  // A rejected name has closed the connection, so the new name starts another one.
  if (connection.state === 'closed') connection.start();
  if (connection.state !== 'connected') return true;
  try {
    const { data } = await connection.client.rpc('visitor.rename', { name });
    me.name = (data as { name: string }).name;
    setText(nameButton, me.name);
    view?.room.rejoin();
    nameBar.hidden = true;
    view?.repaint();
  } catch (error) {
    // Without a reply the next connect carries the name.
    const { code = 0, message } = error as { code?: number; message?: string };
    if (code < 100) return true;
    toast(message ?? 'The server rejected the name.', { kind: 'bad', subject: 'name' });
    return false;
  }
  return true;
}

/** Shows a notice for what arrives while the tab is hidden: mentions everywhere, and all messages of the open room. */
function notify(message: Message): void {
  const isMention = mentions(message.text, me.name);
  const isHere = view?.room.name === message.room;
  // A change of the latest message, such as a reaction, is no news.
  const isNew = message.revision === undefined && message.user !== me.user;
  if (!isNew || muted.has(message.user) || !(isMention || isHere)) return;
  const title = `${shownName(message.name)} · ${rooms.find(message.room)?.title ?? message.room}`;
  notices.show(title, message.text, message.room, () => {
    if (!isHere) visit(message.room);
  });
}
