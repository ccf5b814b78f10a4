import { element, setText } from '../page/element';
import type { Outbox } from '../conversation/outbox';
import { lastWords, type Rooms, type RoomSummary } from './rooms';

const countedUnread = 99;

/** The list of rooms with their latest message and unread count. Rooms are links, so they also open in a new tab. */
export class RoomList {
  readonly root: HTMLElement;
  readonly #open: (room: string) => void;
  readonly #rooms: Rooms;
  readonly #outbox: Outbox;
  readonly #links = element('div', { class: 'room-links' });
  readonly #rows = new Map<string, RoomRow>();

  constructor(rooms: Rooms, outbox: Outbox, open: (room: string) => void, action: HTMLElement, head: HTMLElement) {
    this.#rooms = rooms;
    this.#outbox = outbox;
    this.#open = open;
    const header = element('header', {}, element('h2', {}, 'Rooms'), action);
    this.root = element('nav', { 'class': 'panel rooms', 'aria-label': 'Rooms' }, header, head, this.#links);
  }

  /** Updates the list. `current` is the open room; while it is being read, none of its messages counts as unread. */
  paint(current: string, isReading: boolean): void {
    for (const summary of this.#rooms.all) {
      const row = this.#rows.get(summary.room) ?? this.#row(summary);
      const isHere = summary.room === current;
      const before = isHere ? row.root.offsetWidth : 0;
      row.paint(summary, isHere && isReading ? 0 : this.#rooms.unread(summary.room), this.#trouble(summary.room));
      const hasGrown = isHere && row.root.offsetWidth !== before;
      if (row.setCurrent(isHere) || hasGrown) row.root.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }

  #trouble(room: string): string {
    const pending = this.#outbox.of(room);
    const refused = pending.filter((message) => message.problem !== undefined).length;
    if (refused > 0) return `${refused} not sent`;
    return pending.length > 0 ? `${pending.length} waiting to be sent` : '';
  }

  #row(summary: RoomSummary): RoomRow {
    const row = new RoomRow(summary, this.#open);
    this.#rows.set(summary.room, row);
    this.#links.append(row.root);
    return row;
  }
}

/** A room in the list. */
class RoomRow {
  readonly root: HTMLAnchorElement;
  readonly #unread = element('span', { class: 'unread number' });
  readonly #unreadWords = element('span', { class: 'unseen' });
  readonly #last = element('span', { class: 'last muted', dir: 'auto' });

  constructor(summary: RoomSummary, open: (room: string) => void) {
    this.root = element(
      'a',
      {
        'href': `/chat/${encodeURIComponent(summary.room)}`,
        'data-room': summary.room,
        'click': (event) => {
          if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
          event.preventDefault();
          open(summary.room);
        },
      },
      element('span', { class: 'title' }, summary.title),
      this.#unread,
      this.#unreadWords,
      this.#last,
    );
  }

  paint(summary: RoomSummary, unread: number, trouble: string): void {
    setText(this.#unread, unread === 0 ? '' : unread > countedUnread ? `${countedUnread}+` : String(unread));
    setText(this.#unreadWords, unread === 0 ? '' : 'unread messages.');
    setText(this.#last, trouble || lastWords(summary));
    this.#last.classList.toggle('warn', trouble !== '');
  }

  /** Returns true when the room has just become the open one. */
  setCurrent(isHere: boolean): boolean {
    const wasHere = this.root.hasAttribute('aria-current');
    if (isHere) this.root.setAttribute('aria-current', 'page');
    else this.root.removeAttribute('aria-current');
    return isHere && !wasHere;
  }
}
