import type { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import { painter } from '../page/painter';

const intervalMilliseconds = 1000;

/** Creates the sentence that counts what has arrived over the page's connection, and what polling would have taken. */
export function proof(connection: Connection): HTMLElement {
  const value = () => element('strong', { class: 'number' }, '–');
  const [messages, bytes, handshakes, requests] = [value(), value(), value(), value()];
  const handshakeWord = element('span', {}, 'handshake');
  const polling = element(
    'p',
    { class: 'muted' },
    'By polling each of these values once a second it ',
    element('a', { href: '/lab' }, 'would'),
    ' have been ',
    requests,
    ' requests, most of them without news.',
  );
  // Values on the screen times seconds, added up each second.
  let wouldBe = 0;
  const paint = () => {
    const { log, reconnects } = connection;
    setText(messages, log.totals.in.frames.toLocaleString('en'));
    setText(bytes, `${((log.totals.in.bytes + log.totals.out.bytes) / 1024).toFixed(1)} KiB`);
    setText(handshakes, String(reconnects + 1));
    setText(handshakeWord, reconnects === 0 ? 'handshake' : 'handshakes');
    setText(requests, wouldBe.toLocaleString('en'));
  };
  setInterval(() => {
    const live = Object.values(connection.client.subscriptions()).filter(({ state }) => state === 'subscribed');
    wouldBe += live.length;
    painter.mark(paint);
  }, intervalMilliseconds);
  paint();
  return element(
    'section',
    { 'class': 'proof', 'aria-label': 'What has arrived' },
    element(
      'p',
      { class: 'muted' },
      'Duplex is WebSockets for .NET: an engine written from the RFCs, a real-time hub that speaks the Centrifuge protocol, and these applications.',
    ),
    element(
      'p',
      { class: 'sentence' },
      'Everything on this page arrives over one connection. Since you opened it: ',
      messages,
      ' messages, ',
      bytes,
      ', ',
      handshakes,
      ' ',
      handshakeWord,
      '.',
    ),
    polling,
  );
}
