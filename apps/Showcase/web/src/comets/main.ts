import '../design/base.css';
import '../design/components.css';
import './comets.css';
import { visitorConnection } from '../connection/visitorConnection';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { shortcut } from '../page/shortcuts';
import { Title } from '../page/title';
import { GameView } from './gameView';
import { RoomList, titleOf } from './view/rooms';

const firstCodeOfServer = 100;

const connection = visitorConnection();
const opening = openingNotice(connection, 'Opening the game…', 'You fly as soon as the connection is open.');
const content = element('main', { class: 'comets' }, opening);
let room = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const title = new Title(() => room === '' ? '' : `${titleOf(room)} · Comets · Duplex`);

openPage(connection, content);
const rooms = new RoomList(connection, () => room);
connection.client.on('connected', () => room === '' && void choose());
shortcut('← →', 'turn your ship');
shortcut('↑', 'give thrust');
shortcut('Space', 'fire');
if (room !== '') open();
connection.start();

/** Flies where the server puts this person: in the room of their ship, or with others. */
async function choose(): Promise<void> {
  try {
    const { data } = await connection.client.rpc('game.join', {});
    ({ room } = data as { room: string });
  } catch (error) {
    // Without a connection, the next one chooses.
    const { code, message } = error as { code: number; message: string };
    if (code >= firstCodeOfServer) failed(message);
    return;
  }
  history.replaceState(null, '', `/game/${encodeURIComponent(room)}`);
  open();
}

function open(): void {
  const view = new GameView(connection, room, rooms, failed);
  view.onReady(() => {
    content.replaceChildren(view.root);
    title.touch();
  });
  view.open();
  rooms.paint();
}

function failed(reason: string): void {
  content.replaceChildren(element(
    'p',
    { class: 'notice whole' },
    element('strong', {}, 'The room was not opened'),
    element('span', {}, `${reason} `, element('a', { href: '/game' }, 'Fly in another one.')),
  ));
}
