import { element } from '../../../page/element';

/** Creates a table with a caption and column heads. */
export function tableOf(caption: string, heads: readonly string[], rows: readonly HTMLElement[]): HTMLElement {
  return element(
    'table',
    { class: 'table wire-table' },
    element('caption', {}, caption),
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows),
  );
}

/** Creates a row whose head is a button: by keyboard it is reached like a link, and its bytes are marked. */
export function partRow(name: string, cells: readonly (readonly [text: string, style: string])[]): HTMLElement {
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, element('button', { type: 'button', class: 'part' }, name)),
    ...cells.map(([text, style]) => element('td', { class: style }, text)),
  );
}
