import type { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import type { Application, Preview } from './application';
import { rememberOpened } from './lastOpened';

const repaintMilliseconds = 1000;

/** Creates the card of an application: its preview, its use, its description, and one thing to do. */
export function card(application: Application, { root: preview }: Preview, connection: Connection): HTMLElement {
  const shows = element('ul', { 'aria-label': 'Demonstrates' });
  for (const item of application.demonstrates) shows.append(element('li', {}, item));
  const noticeOpened = ({ target }: Event) => (target as Element).closest('a') && rememberOpened(application.name);
  return element(
    'article',
    { class: 'card panel', click: noticeOpened, auxclick: noticeOpened },
    element('div', { class: 'preview' }, preview),
    element(
      'div',
      { class: 'words' },
      element('p', { class: 'use muted' }, element('span', {}, application.use), age(connection)),
      element('h3', {}, element('a', { href: application.href }, application.name)),
      element('p', {}, application.sentence),
      element('p', { class: 'task' }, element('strong', {}, 'Do this: '), application.task),
      shows,
    ),
  );
}

/** Shows the age of the pictures while nothing arrives. */
function age(connection: Connection): HTMLElement {
  const words = element('span', { class: 'age warn number' });
  const paint = () => setText(words, ageWords(connection));
  connection.onChange(paint);
  setInterval(paint, repaintMilliseconds);
  return words;
}

function ageWords({ state, lateBy, lostAt }: Connection): string {
  const milliseconds = state === 'connected' ? lateBy : lostAt > 0 ? Date.now() - lostAt : undefined;
  return milliseconds === undefined ? '' : `picture of ${Math.round(milliseconds / 1000)} s ago`;
}
