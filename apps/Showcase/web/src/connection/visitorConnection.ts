import { remembered } from '../page/settings';
import { accountKey } from './accountKey';
import { Connection } from './connection';

/** Creates the connection of a page with the visitor's key, and with the visitor's name once one was chosen. */
export function visitorConnection(): Connection {
  const name = remembered('name');
  return new Connection({ key: accountKey(), ...(name ? { name } : {}) });
}
