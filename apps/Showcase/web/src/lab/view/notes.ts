import { element } from '../../page/element';

/** Creates the list that explains how the figures are measured. */
export function notes(): HTMLElement {
  const note = (name: string, words: string) => [element('dt', {}, name), element('dd', {}, words)];
  return element(
    'section',
    { 'class': 'notes muted', 'aria-label': 'How it is measured' },
    element('h2', {}, 'How it is measured'),
    element(
      'dl',
      {},
      ...note('Real', 'One source of numbered events on this server, six ways that your browser uses at the same time, and a forwarder for each way that counts the bytes of TCP’s data. Nothing is simulated.'),
      ...note('Bodies', 'The bytes of the events, with the JSON array of a poll or the ids of server-sent events.'),
      ...note('Heads', 'All other bytes: header fields of HTTP, chunk sizes, headers of WebSocket frames, and the hub’s envelope, handshake and pings.'),
      ...note('Delay', 'From the event on the server to the page’s script, by the clock of the one machine.'),
      ...note('Missed', 'Events between the first and the latest that have not arrived. An event that is under way is not missed.'),
      ...note('Fields', 'Each way has a port of its own here. Requests therefore have the field Origin, and responses Access-Control-Allow-Origin and Vary: about 100 bytes that a request of a page to its own origin does not have.'),
      ...note('HTTP/2', 'This server uses HTTP/1.1 here. HTTP/2 compresses header fields and carries all requests over one connection, which makes polling cheaper but not earlier.'),
    ),
  );
}
