import { element, setData, setText } from '../../page/element';
import { place } from '../../page/place';
import { queued, spanWords, type SupportCase } from '../model/supportCase';
import type { DeskView } from './deskView';

interface Row {
  item: HTMLElement;
  button: HTMLButtonElement;
  cells: Record<'page' | 'time' | 'last' | 'unread' | 'agent', HTMLElement>;
}

/** The open cases, those that wait first and the oldest on top, with a waiting time that ticks. */
export class QueueList {
  readonly root: HTMLElement;
  readonly #desk: DeskView;
  readonly #open: (id: string) => void;
  readonly #list = element('ul', { class: 'queue' });
  readonly #empty = element('p', { class: 'notice' });
  readonly #count = element('span', { class: 'muted number' });
  readonly #agents = element('p', { class: 'at-desk muted' });
  readonly #rows = new Map<string, Row>();

  constructor(desk: DeskView, open: (id: string) => void, switches: readonly HTMLElement[], rise: () => void) {
    this.#desk = desk;
    this.#open = open;
    this.root = element(
      'section',
      { 'class': 'panel queue-panel', 'aria-label': 'Queue' },
      element('header', {}, element('h2', {}, 'Queue'), this.#count),
      this.#list,
      this.#empty,
      element('div', { class: 'queue-foot' }, ...switches, this.#agents, element('button', { type: 'button', class: 'button', click: rise }, 'Leave the desk')),
    );
  }

  paint(): void {
    const cases = queued(this.#desk.cases.values());
    const waiting = cases.filter(({ state }) => state === 'waiting').length;
    setText(this.#count, cases.length === 0 ? '' : `${waiting} waiting, ${cases.length - waiting} taken`);
    const isLive = this.#desk.connection.state === 'connected';
    this.#empty.hidden = cases.length > 0;
    setText(this.#empty, isLive
      ? 'Nobody is waiting. A question appears here as soon as a visitor asks.'
      : 'The connection is lost. The queue appears as soon as it is back.');
    const names = this.#desk.agents.present.map(({ name }) => name);
    setText(this.#agents, names.length === 0 ? '' : `At the desk: ${names.join(', ')}`);
    setData(this.root, 'live', isLive ? 'yes' : 'no');
    place(this.#list, cases.map((shown) => this.#row(shown).item));
    for (const [id, { item }] of this.#rows) if (!item.parentElement) this.#rows.delete(id);
  }

  #row(shown: SupportCase): Row {
    const row = this.#rows.get(shown.case) ?? this.#newRow(shown);
    const { button, cells } = row;
    setText(cells.page, shown.page);
    setText(cells.time, shown.state === 'waiting' ? spanWords(Date.now() - shown.since) : '');
    setText(cells.last, shown.last);
    setText(cells.unread, shown.unread === 0 ? '' : String(shown.unread));
    const isMine = shown.agent === this.#desk.connection.me.user;
    setText(cells.agent, shown.state === 'waiting' ? 'waiting' : isMine ? 'yours' : `with ${shown.agentName}`);
    setData(button, 'state', isMine ? 'mine' : shown.state);
    if (shown.case === this.#desk.shown) button.setAttribute('aria-current', 'true');
    else button.removeAttribute('aria-current');
    return row;
  }

  #newRow({ case: id, name }: SupportCase): Row {
    const cells = {
      page: element('span', { class: 'page muted' }),
      time: element('span', { class: 'time number' }),
      last: element('bdi', { class: 'last muted' }),
      unread: element('span', { class: 'unread number' }),
      agent: element('span', { class: 'agent' }),
    };
    const button = element(
      'button',
      { 'type': 'button', 'class': 'case-row', 'data-case': id, 'click': () => this.#open(id) },
      element('bdi', { class: 'who' }, name),
      ...Object.values(cells),
    );
    const row = { item: element('li', {}, button), button, cells };
    this.#rows.set(id, row);
    return row;
  }
}
