import type { Connection } from '../connection/connection';
import { element, setText } from './element';

const patienceMilliseconds = 3000;

/** Creates the notice that a page shows until its content arrives, with a remedy when the server does not respond. */
export function openingNotice(connection: Connection, opening: string, hint: string): HTMLElement {
  const title = element('strong', {}, opening);
  const next = element('span', {}, hint);
  const paint = () => {
    const isFailing = connection.log.totals.in.frames === 0 && performance.now() > patienceMilliseconds;
    if (connection.refusal !== '') {
      setText(title, 'The server refused the connection');
      setText(next, connection.refusal);
      return;
    }
    setText(title, isFailing ? 'The server does not respond' : opening);
    setText(next, isFailing ? 'Start it with ./run. This page keeps reconnecting and opens by itself.' : hint);
  };
  connection.onChange(paint);
  setTimeout(paint, patienceMilliseconds + 100);
  return element('p', { class: 'notice whole opening', role: 'status' }, title, next);
}
