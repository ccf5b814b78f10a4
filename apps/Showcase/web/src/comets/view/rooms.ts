import type { Connection } from '../../connection/connection';
import { keepEntries } from '../../connection/entries';
import { element } from '../../page/element';
import { painter } from '../../page/painter';
import type { ListedRoom } from '../model/messages';

/** The rooms with their free places. */
export class RoomList {
  readonly root: HTMLElement;
  readonly #rooms = new Map<string, ListedRoom>();
  readonly #list = element('ul', { class: 'rooms' });
  readonly #current: () => string;

  constructor(connection: Connection, current: () => string) {
    this.#current = current;
    this.root = element('section', { class: 'panel' }, element('header', {}, element('h2', {}, 'Rooms')), this.#list);
    const list = connection.client.newMapSubscription('arenas:all');
    keepEntries(list, this.#rooms, () => painter.mark(this.paint));
    list.subscribe();
  }

  readonly paint = (): void => {
    const sorted = [...this.#rooms].sort(([a, one], [b, other]) => other.people - one.people || a.localeCompare(b));
    this.#list.replaceChildren(...sorted.map(([name, { people, free }]) => element(
      'li',
      {},
      name === this.#current()
        ? element('strong', {}, titleOf(name))
        : element('a', { href: `/game/${encodeURIComponent(name)}` }, titleOf(name)),
      element('span', { class: 'muted number' }, `${peopleIn(people)} · ${free} free`),
    )));
  };
}

function peopleIn(count: number): string {
  if (count === 0) return 'empty';
  return count === 1 ? '1 person' : `${count} people`;
}

export function titleOf(room: string): string {
  return room.charAt(0).toUpperCase() + room.slice(1);
}
