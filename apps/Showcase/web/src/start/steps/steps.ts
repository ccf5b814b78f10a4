import { element } from '../../page/element';
import { onOtherPage } from '../../page/otherPages';
import type { Start } from '../application';
import { cut } from './cut';
import { slowLine } from './slowLine';
import { step } from './step';

/** Creates three things to try, which take a minute. */
export function steps(start: Start): HTMLElement {
  const third = start.connection.hasLines ? slowLine(start) : wire();
  const list = element('ol', {}, secondWindow(), cut(start), third);
  return element('section', { 'class': 'steps panel', 'aria-label': 'Try this' }, element('h2', {}, 'Try this'), list);
}

function secondWindow(): HTMLElement {
  const link = element('a', { href: '/chat/lobby', target: '_blank' }, 'Open the chat in a second window');
  const { root, tick } = step(link, ' beside this one and write something: it appears in the card below.');
  onOtherPage(tick);
  return root;
}

// Pages from other machines have no lines.
function wire(): HTMLElement {
  const open = () => document.querySelector<HTMLButtonElement>('.wire-button')?.click();
  const button = element('button', { type: 'button', class: 'button', click: open }, 'Look inside');
  const { root, tick } = step(button, ' (or press ', element('kbd', {}, 'w'), '): every frame of this connection, readable.');
  document.addEventListener('wire', tick);
  return root;
}
