import '../design/base.css';
import '../design/components.css';
import './start.css';
import { Connection } from '../connection/connection';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { Visible } from '../page/visible';
import type { Card } from './card';
import { chatCard } from './chatCard';
import { exchangeCard } from './exchangeCard';

const connection = new Connection(null);

// The list of cards: a new application adds one entry here.
const cards: Record<string, Card> = {
  exchange: exchangeCard(connection),
  chat: chatCard(connection),
};

openPage(connection, element('main', { class: 'start' }, element('div', { class: 'cards' }, ...Object.values(cards).map(({ root }) => root))));
const visible = new Visible((name, isVisible) => cards[name]?.setVisible(isVisible));
for (const [name, { root }] of Object.entries(cards)) visible.watch(name, root);
connection.start();
