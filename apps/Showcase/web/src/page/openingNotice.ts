import type { Connection } from '../connection/connection';
import { element, setText } from './element';

const patienceMilliseconds = 3000;

/** What a page shows until its content arrives, and what to do when the server does not answer. */
export function openingNotice(connection: Connection, opening: string, hint: string): HTMLElement {
  const title = element('strong', {}, opening);
  const next = element('span', {}, hint);
  const paint = () => {
    const isFailing = connection.log.totals.in.frames === 0 && performance.now() > patienceMilliseconds;
    if (connection.refusal !== '') {
      setText(title, 'The server holds you back');
      setText(next, connection.refusal);
      return;
    }
    setText(title, isFailing ? 'The server does not answer' : opening);
    setText(next, isFailing ? 'Start it with ./run. This page keeps trying and opens by itself.' : hint);
  };
  connection.onChange(paint);
  setTimeout(paint, patienceMilliseconds + 100);
  return element('p', { class: 'notice whole opening', role: 'status' }, title, next);
}
