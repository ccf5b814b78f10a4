import { element } from '../page/element';

/** Creates the foot: what is simulated, what is real, where data is kept, how to run it, and where to read on. */
export function foot(): HTMLElement {
  const fact = (name: string, words: string) => [element('dt', {}, name), element('dd', {}, words)];
  return element(
    'footer',
    { class: 'foot muted' },
    element(
      'dl',
      {},
      ...fact('Simulated', 'The exchange’s traders and prices. Your account there is a demo account.'),
      ...fact('Real', 'Every order, message, program, frame and millisecond. Visitors write the messages and the programs.'),
      ...fact('Kept', 'Messages, programs and verdicts in databases on this server; your name, drafts and key in this browser.'),
      ...fact('Run it', './run in a clone, with the .NET 10 SDK and Node 20. Once it is built it needs no internet: nothing is loaded from elsewhere.'),
    ),
    element('p', {}, 'Duplex, MIT licence. ', element('a', { href: '/licenses.txt' }, 'Licences of the pages’ libraries')),
  );
}
