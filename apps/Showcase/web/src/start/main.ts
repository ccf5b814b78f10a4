import '../design/base.css';
import '../design/components.css';
import './start.css';
import { followRooms } from '../chat/roomsFeed';
import { Connection } from '../connection/connection';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { Visible } from '../page/visible';
import { columnsOf, grouped, type Start } from './application';
import { applications } from './applications';
import { card } from './card';
import { foot } from './foot';
import { Prices } from './prices';
import { proof } from './proof';
import { steps } from './steps/steps';
import { used } from './used';

const connection = new Connection(null);
const start: Start = { connection, prices: new Prices(connection), latest: followRooms(connection, () => undefined) };
const cards = new Map(applications.map((application) => {
  const preview = application.preview(start);
  return [application.name, { preview, root: card(application, preview, connection) }];
}));

const content = element(
  'main',
  { class: 'start' },
  proof(connection),
  steps(start),
  element('div', { class: 'groups' }, ...grouped(applications).map(({ name, members }) => element(
    'section',
    { class: 'group', style: `--cards: ${members.length}; --columns: ${columnsOf(members.length)}` },
    element('h2', {}, name),
    element('div', { class: 'cards' }, ...members.map(({ name: member }) => cards.get(member)?.root ?? '')),
  ))),
  used(applications),
  foot(),
);
openPage(connection, content);
const visible = new Visible((name, isVisible) => cards.get(name)?.preview.setVisible(isVisible));
for (const [name, { root }] of cards) visible.watch(name, root);
connection.start();
