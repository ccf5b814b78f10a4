import code from 'code:Lab/LabEndpoints.cs#lab:{run}';
import compared from 'virtual:compared';
import { lastRun, type Summary } from '../lab/model/lastRun';
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

/** The figures of the last run in this browser, or of the documented one. */
function preview(): Preview {
  const root = element('div', { class: 'lab-preview' });
  const paint = () => {
    const own = lastRun();
    const words = own ? 'Your last run.' : 'Measured with an interruption of 3 s. A run of your own takes 20 s.';
    root.replaceChildren(tableOf(own ?? compared), element('p', { class: 'muted' }, words));
  };
  paint();
  return { root, setVisible: (isVisible) => isVisible && paint() };
}

function tableOf([head = [], ...rows]: Summary): HTMLElement {
  const row = ([title = '', ...values]: readonly string[]) => element(
    'tr',
    {},
    element('th', { scope: 'row' }, title),
    ...values.map((value) => element('td', { class: 'number right' }, value)),
  );
  return element(
    'table',
    { 'class': 'table', 'aria-label': 'Figures of a run' },
    element('thead', {}, element('tr', {}, ...head.map((title) => element('th', { scope: 'col', class: 'right' }, title || 'Figure')))),
    element('tbody', {}, ...rows.map(row)),
  );
}
