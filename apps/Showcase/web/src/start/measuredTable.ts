import measured from 'virtual:measured';
import { element } from '../page/element';

const words: Record<string, string> = {
  'messages per second': 'messages/s',
  'connections per second': 'connections/s',
  'kib per connection': 'KiB each',
  'p99 us': 'µs, p99',
};

/** Creates the table of the engine's best measured rows. */
export function measuredTable(): HTMLElement {
  const head = ['Load', 'Duplex', measured.baseline, 'Better'];
  return element(
    'section',
    { 'class': 'measured panel', 'aria-label': 'Measured' },
    element('header', {}, element('h3', {}, 'Measured')),
    element(
      'div',
      { 'class': 'table-holder', 'role': 'region', 'tabindex': 0, 'aria-label': 'Table of measured rows' },
      element(
        'table',
        { class: 'table' },
        element('thead', {}, element('tr', {}, ...head.map((name, index) => element('th', { scope: 'col', class: index > 0 ? 'right' : '' }, name)))),
        element('tbody', {}, ...measured.rows.map(({ work, unit, ours, baseline, factor }) => element(
          'tr',
          {},
          element('th', { scope: 'row' }, element('span', {}, work), ` ${words[unit] ?? unit}`),
          element('td', { class: 'number right' }, ours),
          element('td', { class: 'number right' }, baseline),
          element('td', { class: 'number right' }, `${factor.toFixed(1)} ×`),
        ))),
      ),
    ),
    element(
      'p',
      { class: 'muted' },
      `The best ${measured.rows.length} of ${measured.of} comparisons of ${measured.date}: server on one core, load generator on the other. `,
      element('a', { href: `/docs/${measured.file.replace(/\.md$/, '')}` }, 'All rows, with machine and commands'),
      '. ',
      element('a', { href: '/docs/protocol/conformance-results' }, `${measured.conformance} conformance cases`),
      ' pass.',
    ),
  );
}
