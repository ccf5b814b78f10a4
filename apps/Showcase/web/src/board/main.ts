import '../design/base.css';
import '../design/components.css';
import './board.css';
import { element } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { shortcut } from '../page/shortcuts';
import { Board } from './board';
import { comparison } from './compare/comparison';
import { connection } from './server';

const opening = openingNotice(connection, 'Opening the board…', 'Its prices appear as soon as the connection is open.');
const content = element('main', { class: 'board' }, opening);
const board = new Board(() => {
  if (!opening.isConnected) return;
  content.replaceChildren(board.root, board.side, comparison(connection, board));
  board.opened();
});

openPage(connection, content);
connection.start();

shortcut('/', 'search instruments', () => board.toolbar.searchField.focus());
shortcut('a', 'set an alert on the chosen instrument', () => board.detail.focusAlert());
shortcut('p', 'pause the prices or go on', () => board.toolbar.togglePause());
shortcut('g', 'go to the table', () => board.view.focus());
shortcut('↑ ↓', 'in the table: choose another instrument');
shortcut('Enter', 'in the table: open the instrument');
