import type { FilterNode } from 'centrifuge';
import type { Row } from './table';
import type { WatchList } from './messages';

/** The rows that the table shows. */
export type Selection
  = | { readonly kind: 'all' }
    | { readonly kind: 'sector'; readonly sector: string }
    | { readonly kind: 'list'; readonly id: string };

/** The sector of the three markets of the exchange, whose prices come from its own channels. */
export const exchangeSector = 'exchange';

/** Returns the text of a selection in the choice and in the settings. */
export function selectionText(selection: Selection): string {
  if (selection.kind === 'all') return 'all';
  return selection.kind === 'sector' ? `sector:${selection.sector}` : `list:${selection.id}`;
}

export function selectionOf(text: string): Selection {
  const [kind, rest = ''] = text.split(/:(.*)/s);
  if (kind === 'sector') return { kind, sector: rest };
  return kind === 'list' ? { kind, id: rest } : { kind: 'all' };
}

/** Returns the rows of a selection. */
export function select(selection: Selection, rows: Iterable<Row>, lists: ReadonlyMap<string, WatchList>): Row[] {
  if (selection.kind === 'all') return [...rows];
  if (selection.kind === 'sector') return [...rows].filter(({ sector }) => sector === selection.sector);
  const symbols = new Set(lists.get(selection.id)?.symbols ?? []);
  return [...rows].filter(({ symbol }) => symbols.has(symbol));
}

/** What the page subscribes to; undefined when the rows need nothing of the board. */
export interface Wanted {
  readonly data: { readonly sector?: string; readonly symbols?: readonly string[] };
  readonly filter: FilterNode | undefined;
}

/** Returns the filter of a selection, which the server applies. */
export function wantedOf(selection: Selection, rows: readonly Row[]): Wanted | undefined {
  if (selection.kind === 'all') return { data: {}, filter: undefined };
  if (selection.kind === 'sector') {
    const { sector } = selection;
    return sector === exchangeSector ? undefined : { data: { sector }, filter: { key: 'sector', cmp: 'eq', val: sector } };
  }
  const symbols = rows.filter(({ sector }) => sector !== exchangeSector).map(({ symbol }) => symbol).sort();
  return symbols.length === 0 ? undefined : { data: { symbols }, filter: { key: 'symbol', cmp: 'in', vals: symbols } };
}
