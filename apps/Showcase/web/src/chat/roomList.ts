import { element, setText } from '../page/element';
import type { Message } from './model/message';

export interface RoomSummary {
  room: string;
  title: string;
  last?: Message;
  unread: number;
}

/** The rooms with their last message and what is unread. Links, so that they open in a tab of their own too. */
export class RoomList {
  readonly root = element('nav', { 'class': 'panel rooms', 'aria-label': 'Rooms' });
  readonly #open: (room: string) => void;

  constructor(open: (room: string) => void, head: HTMLElement) {
    this.#open = open;
    this.root.append(element('header', {}, element('h2', {}, 'Rooms')), head);
  }

  show(rooms: readonly RoomSummary[], current: string): void {
    for (const old of this.root.querySelectorAll('a')) {
      if (!rooms.some((room) => room.room === old.dataset.room)) old.remove();
    }
    for (const summary of rooms) {
      const link = this.root.querySelector<HTMLAnchorElement>(`a[data-room="${CSS.escape(summary.room)}"]`)
        ?? this.#link(summary);
      const [title, unread, last] = link.children;
      if (!title || !unread || !last) continue;
      const isHere = summary.room === current;
      setText(title, summary.title);
      setText(unread, isHere || summary.unread === 0 ? '' : String(summary.unread));
      setText(last, summary.last ? `${summary.last.name}: ${summary.last.text}` : 'no messages yet');
      if (isHere) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  #link(summary: RoomSummary): HTMLAnchorElement {
    const link = element(
      'a',
      {
        'href': `/chat/${encodeURIComponent(summary.room)}`,
        'data-room': summary.room,
        'click': (event) => {
          if (event instanceof MouseEvent && (event.ctrlKey || event.metaKey || event.shiftKey)) return;
          event.preventDefault();
          this.#open(summary.room);
        },
      },
      element('span', { class: 'title' }),
      element('span', { 'class': 'unread number', 'aria-label': 'unread' }),
      element('span', { class: 'last muted' }),
    );
    this.root.append(link);
    return link;
  }
}
