import code from 'code:Comets/CometsEndpoints.cs#arena:{room}';
import { snapshotOf, type SnapshotData, isDestroyed } from '../comets/model/messages';
import { height, width } from '../comets/physics/arena';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { onThemeChange, token } from '../page/theme';
import { type Application, type Preview, type Start, whileVisible } from './application';

// A picture a second shows that it moves, within the budget of all previews.
const pace = { pace: { delay_ms: 1000, latest: true } };
const room = 'andromeda';
const shipPixels = 4;

export const comets: Application = {
  name: 'Comets',
  href: '/game',
  group: 'Together',
  use: 'Real-time games',
  sentence: 'Fly against others: the server decides, and your ship still answers in the next frame.',
  demonstrates: ['prediction and reconciliation with switches', 'one snapshot for everybody, 20 times a second', 'a lost connection keeps ship and score'],
  task: 'set the delay to 150 ms in the netgraph, then switch prediction off and turn.',
  code,
  preview,
};

/** The ships of a room from above, once a second. */
function preview({ connection }: Start): Preview {
  const canvas = element('canvas', { 'role': 'img', 'aria-label': `Ships in the room ${room}` });
  const opening = openingNotice(connection, 'Opening the game…', 'Ships appear as soon as the connection is open.');
  const root = element('div', { class: 'comets-preview' }, opening);
  const snapshots = connection.client.newSubscription(`snap:${room}`, { data: pace });
  let latest: SnapshotData | undefined;
  const paint = () => latest && draw(canvas, latest);
  snapshots.on('publication', ({ data }) => {
    if (!latest) root.replaceChildren(canvas);
    latest = data as SnapshotData;
    painter.mark(paint, false);
  });
  onThemeChange(() => painter.mark(paint));
  return { root, setVisible: whileVisible(snapshots) };
}

function draw(canvas: HTMLCanvasElement, data: SnapshotData): void {
  const context = canvas.getContext('2d');
  const { clientWidth: wide, clientHeight: high } = canvas;
  if (!context || wide === 0) return;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = wide * ratio;
  canvas.height = high * ratio;
  context.scale(ratio, ratio);
  const at = (x: number, y: number): [number, number] => [x / width * wide, y / height * high];
  const { ships, shots } = snapshotOf(data);
  context.fillStyle = token('accent');
  for (const ship of ships.values()) {
    if (isDestroyed(ship)) continue;
    context.beginPath();
    context.arc(...at(ship.x, ship.y), shipPixels, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = token('muted');
  for (const { x, y } of shots) context.fillRect(...at(x, y), 2, 2);
}
