import code from 'code:Lab/LabEndpoints.cs#lab:{run}';
import { lastRun } from '../lab/model/lastRun';
import { element } from '../page/element';
import type { Application, Preview } from './application';

export const lab: Application = {
  name: 'Laboratory',
  href: '/lab',
  group: 'Why',
  use: 'Why not HTTP: six ways compared',
  sentence: 'The same events by six ways at once: what each costs in requests and bytes, how late it is, and what it loses.',
  demonstrates: ['counted at the socket, nothing simulated', 'cut all lines and see who loses events', 'also where polling is enough'],
  task: 'press Run, cut the lines for five seconds, and compare the missed events.',
  code,
  preview,
};

/** The figures of the last run in this browser. */
function preview(): Preview {
  const root = element('div', { class: 'lab-preview' });
  const paint = () => root.replaceChildren(lastFigures());
  paint();
  return { root, setVisible: (isVisible) => isVisible && paint() };
}

function lastFigures(): HTMLElement {
  const [head, ...rows] = lastRun() ?? [];
  if (!head) {
    return element(
      'p',
      { class: 'notice' },
      element('strong', {}, 'No run in this browser yet'),
      element('span', {}, 'A run takes 20 seconds; its figures appear here.'),
    );
  }
  const row = ([title = '', ...values]: readonly string[]) => element(
    'tr',
    {},
    element('th', { scope: 'row' }, title),
    ...values.map((value) => element('td', { class: 'number right' }, value)),
  );
  return element(
    'table',
    { 'class': 'table', 'aria-label': 'Your last run' },
    element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { scope: 'col', class: 'right' }, title)))),
    element('tbody', {}, ...rows.map(row)),
  );
}
