import { element, setText } from '../../page/element';
import type { Figures, Row } from '../model/figures';
import type { NamedWay } from '../ways/ways';

/** The table with a column for each way. On a phone each row becomes a block with a cell for each way. */
export class ResultTable {
  readonly root: HTMLElement;
  readonly #rows: readonly Row[];
  readonly #cells: HTMLElement[][] = [];

  constructor(ways: readonly NamedWay[], rows: readonly Row[], name: string) {
    this.#rows = rows;
    const head = element(
      'tr',
      { role: 'row' },
      element('th', { scope: 'col', role: 'columnheader' }, element('span', { class: 'unseen' }, 'Figure')),
      ...ways.map(({ title }) => element('th', { scope: 'col', role: 'columnheader', class: 'right' }, title)),
    );
    const body = element('tbody', { role: 'rowgroup' });
    for (const { title } of rows) {
      const cells = ways.map(({ short }) => element('td', { 'role': 'cell', 'class': 'number right', 'data-title': short }, '–'));
      this.#cells.push(cells);
      body.append(element('tr', { role: 'row' }, element('th', { scope: 'row', role: 'rowheader' }, title), ...cells));
    }
    // The roles survive the layout for phones, which displays the rows as blocks.
    this.root = element(
      'table',
      { 'class': 'table results', 'role': 'table', 'aria-label': name },
      element('thead', { role: 'rowgroup' }, head),
      body,
    );
  }

  paint(figures: readonly Figures[]): void {
    this.#rows.forEach(({ words }, row) => figures.forEach((figure, column) => {
      const cell = this.#cells[row]?.[column];
      if (cell) setText(cell, words(figure));
    }));
  }
}
