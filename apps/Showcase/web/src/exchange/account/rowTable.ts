import { element } from '../../page/element';
import type { Column } from './orderTables';

/** A table that reuses the node of an unchanged row, so focus and clicks survive updates. */
export class RowTable<T> {
  readonly root: HTMLElement;
  readonly #body = element('tbody', { role: 'rowgroup' });
  readonly #columns: Column<T>[];
  readonly #keyOf: (row: T) => string;
  readonly #rows = new Map<string, { node: HTMLElement; content: string }>();

  constructor(label: string, columns: Column<T>[], keyOf: (row: T) => string) {
    this.#columns = columns;
    this.#keyOf = keyOf;
    // On a phone each row is displayed as a card. The roles preserve the table semantics that this layout removes.
    const head = element('tr', { role: 'row' });
    for (const column of columns)
      head.append(element('th', { role: 'columnheader', scope: 'col', class: column.isNumber ? 'right' : '' }, column.title));
    this.root = element(
      'table',
      { 'class': 'table cards', 'role': 'table', 'aria-label': label },
      element('thead', { role: 'rowgroup' }, head),
      this.#body,
    );
  }

  show(rows: readonly T[]): void {
    const wanted = new Set(rows.map((row) => this.#keyOf(row)));
    for (const [key, { node }] of this.#rows) {
      if (wanted.has(key)) continue;
      node.remove();
      this.#rows.delete(key);
    }
    for (const [index, row] of rows.entries()) {
      const node = this.#nodeOf(row);
      const here = this.#body.children[index] ?? null;
      if (here !== node) this.#body.insertBefore(node, here);
    }
  }

  #nodeOf(row: T): HTMLElement {
    const key = this.#keyOf(row);
    const content = JSON.stringify(row);
    const known = this.#rows.get(key);
    if (known?.content === content) return known.node;
    const node = known?.node ?? element('tr', { 'role': 'row', 'data-key': key });
    node.replaceChildren(
      ...this.#columns.map((column) => {
        const tint = column.tint?.(row) ?? '';
        const look = `${column.isNumber ? 'right number' : ''} ${tint}`;
        return element('td', { 'role': 'cell', 'class': look, 'data-title': column.title }, column.cell(row));
      }),
    );
    this.#rows.set(key, { node, content });
    return node;
  }
}
