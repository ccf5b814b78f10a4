import '../design/base.css';
import '../design/components.css';
import './start.css';
import { Connection } from '../connection/connection';
import { element } from '../page/element';
import { pageHead } from '../page/head';
import { chatCard } from './chatCard';
import { exchangeCard } from './exchangeCard';

const connection = new Connection(null);

const cards = [exchangeCard(connection), chatCard(connection)];

document.body.append(
  pageHead('Showcase', 'Live WebSocket applications on this server', connection),
  element('main', { class: 'start' }, element('div', { class: 'cards' }, ...cards)),
);
connection.start();
