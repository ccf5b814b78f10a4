import type { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import { onOtherPage } from '../page/otherPages';

/** Creates three things to try, which take a minute. Each is ticked when it is done. */
export function steps(connection: Connection): HTMLElement {
  const list = element('ol', {}, secondWindow(), cut(connection), wire());
  return element('section', { 'class': 'steps panel', 'aria-label': 'Try this' }, element('h2', {}, 'Try this'), list);
}

function step(...content: (Node | string)[]): { root: HTMLElement; tick: () => void } {
  const done = element('span', { class: 'unseen' });
  const root = element('li', {}, element('span', {}, ...content), done);
  return {
    root,
    tick: () => {
      root.dataset.done = 'yes';
      setText(done, '(done)');
    },
  };
}

function secondWindow(): HTMLElement {
  const link = element('a', { href: '/chat/lobby', target: '_blank' }, 'Open the chat in a second window');
  const { root, tick } = step(link, ' beside this one and write something: it appears in the card below.');
  onOtherPage(tick);
  return root;
}

function cut(connection: Connection): HTMLElement {
  let hasCut = false;
  const button = element('button', { type: 'button', class: 'button' });
  const { root, tick } = step(button, ' the connection, write in the other window, and restore it: nothing is lost.');
  const paint = () => {
    const isCut = connection.state === 'closed';
    setText(button, isCut ? 'Restore' : 'Cut');
    hasCut ||= isCut;
    if (hasCut && connection.state === 'connected') tick();
  };
  button.addEventListener('click', () => {
    if (connection.state === 'closed') connection.start();
    else connection.stop();
  });
  connection.onChange(paint);
  paint();
  return root;
}

function wire(): HTMLElement {
  const open = () => document.querySelector<HTMLButtonElement>('.wire-button')?.click();
  const button = element('button', { type: 'button', class: 'button', click: open }, 'Look inside');
  const { root, tick } = step(button, ' (or press ', element('kbd', {}, 'w'), '): every frame of this connection, readable.');
  document.addEventListener('wire', tick);
  return root;
}
