import { element, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { Visible } from '../../page/visible';
import { type Column, OrderKeeper, type Sort, sorted } from '../model/order';
import type { Row } from '../model/table';
import { RowView } from './rowView';

const pastMilliseconds = 60_000;
const mostPast = 100;

const titles: readonly { column?: Column; title: string; label: string }[] = [
  { column: 'symbol', title: 'Symbol', label: 'symbol' },
  { title: 'Name', label: 'name' },
  { column: 'sector', title: 'Sector', label: 'sector' },
  { column: 'price', title: 'Price', label: 'price' },
  { column: 'change', title: 'Change', label: 'change' },
  { title: 'Session', label: 'picture' },
  { column: 'age', title: 'Age', label: 'age' },
];

/** What the table needs of the page. */
export interface TableParts {
  /** Returns the age of a time in milliseconds. */
  ageOf(time: number): number | undefined;
  /** Returns the age from which a price is late. */
  lateAfter(): number;
  /** Returns past prices of instruments, by symbol. */
  past(symbols: readonly string[]): Promise<Readonly<Record<string, readonly number[]>>>;
  /** The person chose a row. */
  chose(row: Row): void;
  /** The person opened a row. */
  opened(row: Row): void;
}

/** The table. Its order changes at most every two seconds, and never under the pointer or the focus. */
export class TableView {
  readonly root: HTMLElement;
  sort: Sort = { column: 'symbol', isDescending: false };

  readonly #parts: TableParts;
  readonly #views = new Map<string, RowView>();
  readonly #body = element('div', { role: 'rowgroup', class: 'body' });
  readonly #grid = element('div', { 'role': 'grid', 'class': 'grid', 'aria-label': 'Prices' });
  readonly #none = element('p', { class: 'notice', hidden: true });
  readonly #heads = new Map<Column, HTMLElement>();
  readonly #order = new OrderKeeper();
  readonly #dirty = new Set<RowView>();
  readonly #visible: Visible;
  readonly #draw = () => this.#drawDirty();
  #rows: readonly Row[] = [];
  #isOver = false;
  #isAsking = false;
  #chosen: RowView | undefined;

  constructor(parts: TableParts) {
    this.#parts = parts;
    this.#visible = new Visible((symbol, isVisible) => this.#showed(symbol, isVisible));
    const head = element('div', { role: 'row', class: 'row head-row' }, ...titles.map((title) => this.#head(title)));
    this.#grid.append(element('div', { role: 'rowgroup', class: 'heads' }, head), this.#body);
    this.root = element('div', { class: 'table' }, this.#grid, this.#none);
    this.#body.addEventListener('pointerenter', () => this.#hold(true));
    this.#body.addEventListener('pointerleave', () => this.#hold(false));
    this.#body.addEventListener('focusin', ({ target }) => this.#focused(target as HTMLElement));
    this.#body.addEventListener('focusout', () => queueMicrotask(() => this.#held()));
    this.#body.addEventListener('click', ({ target }) => this.#clicked(target as HTMLElement));
    this.#body.addEventListener('dblclick', () => this.#chosen && this.#parts.opened(this.#chosen.row));
    this.#body.addEventListener('keydown', (event) => this.#pressed(event));
    this.#paintHeads();
  }

  /** Whether the order waits because the pointer or the focus is on the table. */
  get isHeld(): boolean {
    return this.#order.isHeld;
  }

  /** Shows other rows; `none` is what to do when there are none. */
  show(rows: readonly Row[], none: string): void {
    this.#rows = rows;
    this.#order.changed(performance.now());
    this.#arrange();
    this.#none.hidden = rows.length > 0;
    this.#grid.hidden = rows.length === 0;
    setText(this.#none, none);
  }

  /** Draws a row whose price has changed with the next frame. */
  changed(row: Row): void {
    const view = this.#views.get(row.symbol);
    if (!view || !this.#visible.keys.has(row.symbol)) return;
    this.#dirty.add(view);
    painter.mark(this.#draw, false);
  }

  /** Draws the ages, and orders the rows anew when that is allowed; called once a second. */
  tick(): void {
    const late = this.#parts.lateAfter();
    for (const symbol of this.#visible.keys) this.#drawAge(this.#views.get(symbol), late);
    for (const symbol of this.#visible.keys) this.#views.get(symbol)?.drawPast();
    void this.#askPast();
    if (this.#order.mayChange(performance.now())) this.#arrange();
  }

  /** Chooses a row without moving the focus. */
  choose(symbol: string): void {
    const view = this.#views.get(symbol);
    if (!view || view === this.#chosen) return;
    if (this.#chosen) {
      this.#chosen.root.tabIndex = -1;
      this.#chosen.root.ariaSelected = 'false';
    }
    this.#chosen = view;
    view.root.tabIndex = 0;
    view.root.ariaSelected = 'true';
    this.#parts.chose(view.row);
  }

  /** Moves the focus to the chosen row. */
  focus(): void {
    this.#chosen?.root.focus();
  }

  #head({ column, title, label }: (typeof titles)[number]): HTMLElement {
    const content = column ? element('button', { type: 'button', click: () => this.#sortBy(column) }, title) : title;
    const head = element('span', { role: 'columnheader', class: label }, content);
    if (column) this.#heads.set(column, head);
    return head;
  }

  #sortBy(column: Column): void {
    const isDescending = this.sort.column === column ? !this.sort.isDescending : column === 'change' || column === 'price';
    this.sort = { column, isDescending };
    this.#paintHeads();
    this.#order.changed(performance.now());
    this.#arrange();
  }

  #paintHeads(): void {
    for (const [column, head] of this.#heads) {
      const isSorted = column === this.sort.column;
      head.ariaSort = !isSorted ? 'none' : this.sort.isDescending ? 'descending' : 'ascending';
    }
  }

  /** Puts the rows into their order. Rows that are in their place are not touched, so that they keep the focus. */
  #arrange(): void {
    const rows = sorted(this.#rows, this.sort);
    const kept = new Set(rows.map(({ symbol }) => symbol));
    for (const child of [...this.#body.children] as HTMLElement[]) {
      if (kept.has(child.dataset.symbol ?? '')) continue;
      this.#visible.forget(child);
      child.remove();
    }
    let next = this.#body.firstElementChild;
    for (const row of rows) {
      const view = this.#viewOf(row);
      if (view.root === next) next = next.nextElementSibling;
      else this.#body.insertBefore(view.root, next);
      this.#visible.watch(row.symbol, view.root);
    }
    const first = rows[0];
    if (first && (!this.#chosen || !kept.has(this.#chosen.row.symbol))) this.choose(first.symbol);
  }

  #viewOf(row: Row): RowView {
    let view = this.#views.get(row.symbol);
    if (!view) this.#views.set(row.symbol, view = new RowView(row));
    return view;
  }

  #showed(symbol: string, isVisible: boolean): void {
    const view = this.#views.get(symbol);
    if (!view || !isVisible) return;
    this.#dirty.add(view);
    painter.mark(this.#draw, false);
    this.#drawAge(view, this.#parts.lateAfter());
    void this.#askPast();
  }

  #drawDirty(): void {
    for (const view of this.#dirty) view.draw();
    this.#dirty.clear();
  }

  #drawAge(view: RowView | undefined, late: number): void {
    if (!view) return;
    const age = this.#parts.ageOf(view.row.time);
    view.drawAge(age, age !== undefined && age > late);
  }

  async #askPast(): Promise<void> {
    const now = performance.now();
    const wanted = [...this.#visible.keys]
      .map((symbol) => this.#views.get(symbol))
      .filter((view) => view !== undefined)
      .filter(({ pastAt }) => now - pastAt > pastMilliseconds)
      .slice(0, mostPast);
    if (wanted.length === 0 || this.#isAsking) return;
    this.#isAsking = true;
    try {
      const past = await this.#parts.past(wanted.map(({ row }) => row.symbol));
      for (const view of wanted) {
        view.past = past[view.row.symbol] ?? [];
        view.pastAt = now;
        view.drawPast();
      }
    } catch {
      // The connection was lost or the calls were too many: the next second asks again.
    } finally {
      this.#isAsking = false;
    }
  }

  #hold(isOver: boolean): void {
    this.#isOver = isOver;
    this.#held();
  }

  #held(): void {
    this.#order.isHeld = this.#isOver || this.#body.contains(document.activeElement);
  }

  #focused(target: HTMLElement): void {
    this.#held();
    const symbol = target.closest<HTMLElement>('.row')?.dataset.symbol;
    if (symbol !== undefined) this.choose(symbol);
  }

  #clicked(target: HTMLElement): void {
    const row = target.closest<HTMLElement>('.row');
    if (row) row.focus({ preventScroll: true });
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.#chosen) return;
    if (event.key === 'Enter' && !(event.target as HTMLElement).matches('a')) {
      event.preventDefault();
      this.#parts.opened(this.#chosen.row);
      return;
    }
    const rows = [...this.#body.children] as HTMLElement[];
    const at = rows.indexOf(this.#chosen.root);
    const page = Math.max(1, Math.floor(this.#grid.clientHeight / this.#chosen.root.offsetHeight) - 1);
    const last = rows.length - 1;
    const keys = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: last };
    const to = (keys as Readonly<Record<string, number>>)[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rows[Math.max(0, Math.min(last, to))]?.focus();
  }
}
