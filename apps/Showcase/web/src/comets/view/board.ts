import { element, setData, setText } from '../../page/element';
import type { Pilot } from '../model/messages';

const shownPilots = 12;

/** The pilots of the room with their scores, the best first. */
export class Board {
  readonly root: HTMLElement;
  readonly #rows = element('tbody', {});

  constructor() {
    const head = ['Pilot', 'Hits', 'Lost'].map((title, column) =>
      element('th', { scope: 'col', class: column > 0 ? 'right' : undefined }, title));
    this.root = element(
      'section',
      { class: 'panel board' },
      element('header', {}, element('h2', {}, 'Pilots')),
      element('table', { 'class': 'table', 'aria-label': 'Pilots' }, element('thead', {}, element('tr', {}, ...head)), this.#rows),
    );
  }

  paint(pilots: ReadonlyMap<number, Pilot>, own: number | undefined): void {
    const ranked = [...pilots].sort(([, a], [, b]) => b.kills - a.kills || a.deaths - b.deaths).slice(0, shownPilots);
    while (this.#rows.children.length > ranked.length) this.#rows.lastElementChild?.remove();
    while (this.#rows.children.length < ranked.length) this.#rows.append(row());
    ranked.forEach(([id, { name, kills, deaths, isBot }], index) => {
      const made = this.#rows.children[index] as HTMLElement;
      made.toggleAttribute('data-own', id === own);
      setData(made, 'ship', String(id));
      const [who, hits, lost] = made.children as unknown as [HTMLElement, HTMLElement, HTMLElement];
      setText(who.firstElementChild as HTMLElement, name);
      setText(who.lastElementChild as HTMLElement, id === own ? ' you' : isBot ? ' bot' : '');
      setText(hits, String(kills));
      setText(lost, String(deaths));
    });
  }
}

function row(): HTMLElement {
  return element(
    'tr',
    {},
    element('td', {}, element('bdi', {}), element('span', { class: 'muted' })),
    element('td', { class: 'number right' }),
    element('td', { class: 'number right' }),
  );
}
