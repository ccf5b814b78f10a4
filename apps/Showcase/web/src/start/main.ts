import '../design/base.css';
import '../design/components.css';
import './start.css';
import { Connection } from '../connection/connection';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { Visible } from '../page/visible';
import type { Card } from './card';
import { chatCard } from './chatCard';
import { code } from './code';
import { exchangeCard } from './exchangeCard';
import { foot } from './foot';
import { labCard } from './labCard';
import { proof } from './proof';
import { steps } from './steps';

const connection = new Connection(null);

// The list of cards: a new application adds one entry here.
const cards: Record<string, Card> = {
  exchange: exchangeCard(connection),
  chat: chatCard(connection),
  lab: labCard(),
};

const content = element(
  'main',
  { class: 'start' },
  proof(connection),
  steps(connection),
  element('div', { class: 'cards' }, ...Object.values(cards).map(({ root }) => root)),
  code(),
  foot(),
);
openPage(connection, content);
const visible = new Visible((name, isVisible) => cards[name]?.setVisible(isVisible));
for (const [name, { root }] of Object.entries(cards)) visible.watch(name, root);
connection.start();
