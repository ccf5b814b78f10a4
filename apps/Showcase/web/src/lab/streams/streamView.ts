import { accountKey } from '../../connection/accountKey';
import { lineApi } from '../../line/lineApi';
import { element, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { StreamWall } from './streamWall';

const counts = [1, 2, 3, 4, 5, 6, 7, 8];
const initialCount = 7;

/** The panel that opens streams until the browser has no connections left for them. */
export class StreamView {
  readonly root: HTMLElement;
  readonly #wall = new StreamWall(lineApi(accountKey), () => painter.mark(this.#paint));
  readonly #count = element(
    'select',
    { class: 'button', id: 'streams' },
    ...counts.map((count) => element('option', { value: count, selected: count === initialCount }, String(count))),
  );

  readonly #button = element('button', { type: 'button', class: 'button primary', click: () => this.#toggle() });
  readonly #status = element('p', { role: 'status' });
  readonly #rows = element('tbody');

  constructor() {
    this.root = element(
      'section',
      { 'class': 'panel station', 'aria-label': 'The seventh tab' },
      element('h2', {}, 'The seventh tab'),
      element('p', { class: 'muted' }, 'Over HTTP/1.1 a browser opens at most six connections to an origin, for all tabs together. A tab with server-sent events holds one of them; from the seventh on, requests wait without an error. A WebSocket does not count.'),
      element('div', { class: 'choices' }, element('label', { for: 'streams' }, 'Tabs'), this.#count, this.#button),
      this.#status,
      element(
        'table',
        { 'class': 'table wire-table', 'aria-label': 'Connections to one port' },
        element('thead', {}, element('tr', {}, ...['Connection', 'State', 'Received'].map((head) => element('th', { scope: 'col' }, head)))),
        this.#rows,
      ),
      element('p', { class: 'muted' }, 'HTTP/2 removes this limit: it carries all streams over one connection. Browsers use it over TLS only. For WebSockets browsers have a limit of their own, 255 in Chromium.'),
    );
    window.addEventListener('pagehide', () => this.#wall.close());
    this.#paint();
  }

  #toggle(): void {
    if (this.#wall.isOpen) this.#wall.close();
    else void this.#wall.open(location.hostname, Number(this.#count.value));
  }

  readonly #paint = () => {
    const { isOpen, streams, problem, connected } = this.#wall;
    setText(this.#button, isOpen ? 'Close the streams' : 'Open the streams');
    this.#count.disabled = isOpen;
    setText(this.#status, problem === '' ? this.#words() : problem);
    this.#status.className = problem !== '' || connected < streams.length ? 'warn' : 'muted';
    this.#paintRows(isOpen && streams.length > 0 ? this.#cells() : []);
  };

  #words(): string {
    const { isOpen, streams, connected } = this.#wall;
    if (!isOpen) return 'Choose a number of tabs and open their streams.';
    const words = `${connected} of ${streams.length} streams are connected`;
    return connected === streams.length ? `${words}.` : `${words}, ${streams.length - connected === 1 ? '1 waits' : `${streams.length - connected} wait`}.`;
  }

  #cells(): readonly (readonly string[])[] {
    const { streams, roundTrip, hasAsked, answeredAfter, elapsedMilliseconds } = this.#wall;
    const waits = `waits for ${Math.round(elapsedMilliseconds / 1000)} s`;
    const after = (value: number | undefined, words: string) => value === undefined ? '' : `${words} ${milliseconds(value)}`;
    return [
      ...streams.map(({ isConnected, events }, index) =>
        [`Tab ${index + 1}, stream`, isConnected ? 'connected' : waits, `${events} events`]),
      ['WebSocket', roundTrip === undefined ? waits : 'connected', after(roundTrip, 'echo after')],
      ['Request by fetch', answeredAfter !== undefined ? 'answered' : hasAsked ? waits : 'follows the streams', after(answeredAfter, 'after')],
    ];
  }

  #paintRows(rows: readonly (readonly string[])[]): void {
    while (this.#rows.rows.length > rows.length) this.#rows.deleteRow(-1);
    rows.forEach(([name = '', ...cells], index) => {
      const row = this.#rows.rows[index] ?? this.#row(cells.length);
      [name, ...cells].forEach((text, column) => {
        const cell = row.cells[column];
        if (cell) setText(cell, text);
      });
    });
  }

  #row(cells: number): HTMLTableRowElement {
    const row = element(
      'tr',
      {},
      element('th', { scope: 'row' }),
      ...Array.from({ length: cells }, () => element('td', { class: 'number' })),
    );
    this.#rows.append(row);
    return row;
  }
}

function milliseconds(value: number): string {
  return `${value.toLocaleString('en', { maximumFractionDigits: 1 })} ms`;
}
