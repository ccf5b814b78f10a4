import { element } from '../page/element';

const links = [
  ['/docs', 'What Duplex is'],
  ['/docs/why-websockets', 'Why WebSockets'],
  ['/docs/getting-started', 'Get started'],
  ['/docs/architecture', 'Architecture'],
  ['/docs/protocol/centrifuge', 'Protocol'],
  ['/docs/protocol/conformance-results', 'Conformance'],
  ['/docs/bench/README', 'Benchmarks'],
  ['/docs/guides/showcase', 'Limits of this showcase'],
  ['/licenses.txt', 'Licences of the pages’ libraries'],
] as const;

/** Creates the foot: what is simulated, what is real, where data is kept, how to run it, and where to read on. */
export function foot(): HTMLElement {
  const fact = (name: string, words: string) => [element('dt', {}, name), element('dd', {}, words)];
  return element(
    'footer',
    { class: 'foot muted' },
    element(
      'dl',
      {},
      ...fact('Simulated', 'The exchange’s traders and prices, the watch board’s instruments and the game’s bots. Your account at the exchange is a demo account.'),
      ...fact('Real', 'Every order, message, program, frame and millisecond. Visitors write messages, documents and programs.'),
      ...fact('Kept', 'Messages, documents, programs, verdicts, lists and alerts on this server; your name, drafts and key in this browser.'),
      ...fact('Run it', './run in a clone, with the .NET 10 SDK and Node 20. Once it is built it needs no internet: nothing is loaded from elsewhere.'),
      ...fact('Licence', 'MIT.'),
    ),
    element('p', { class: 'links' }, ...links.map(([href, words]) => element('a', { href }, words))),
  );
}
