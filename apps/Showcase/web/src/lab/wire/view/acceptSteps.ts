import { element } from '../../../page/element';
import type { WireAccept } from '../wireReport';

/** Creates the computation of the accept key, step by step. RFC 6455 section 4.2.2. */
export function acceptSteps({ key, joined, sha1, computed, received }: WireAccept): HTMLElement {
  const step = (title: string, value: string) => element('li', {}, `${title}: `, element('code', { class: 'number' }, value));
  const isEqual = received === computed;
  return element(
    'div',
    { class: 'accept' },
    element('h3', {}, 'The accept key'),
    element(
      'ol',
      {},
      step('The client sent the key', key),
      step('The key and the GUID of RFC 6455 are joined', joined),
      step('SHA-1 of these 60 bytes', sha1),
      step('These 20 bytes in base64', computed),
      step('The server sent', received ?? 'no accept key'),
    ),
    element('p', { class: isEqual ? 'up' : 'warn' }, isEqual
      ? 'Both are equal: the server has read this request as a WebSocket handshake. The key is no secret and protects no data.'
      : 'There is no equal accept key: the browser fails the connection.'),
  );
}
