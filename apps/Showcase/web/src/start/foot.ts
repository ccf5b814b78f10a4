import { element } from '../page/element';

/** Creates the foot: what is simulated, what is real, and how to run it. */
export function foot(): HTMLElement {
  const fact = (name: string, words: string) => [element('dt', {}, name), element('dd', {}, words)];
  return element(
    'footer',
    { class: 'foot muted' },
    element(
      'dl',
      {},
      ...fact('Simulated', 'The exchange’s traders and prices. Your account there is a demo account.'),
      ...fact('Real', 'Every order, message, frame and millisecond. Chat messages are written by visitors.'),
      ...fact('Kept', 'Chat messages in a database on this server; your name, drafts and key in this browser.'),
      ...fact('Run it', './run in a clone, with the .NET 10 SDK and Node. Nothing is loaded from elsewhere.'),
    ),
    element('p', {}, 'Duplex, MIT licence. ', element('a', { href: '/licenses.txt' }, 'Licences of the pages’ libraries')),
  );
}
