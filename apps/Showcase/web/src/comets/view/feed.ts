import { Announcer } from '../../page/announcer';
import { element } from '../../page/element';
import type { RoomEvent } from '../model/messages';

const shown = 7;

/** What happened in the room, the latest first. A screen reader hears what concerns the own ship. */
export class Feed {
  readonly root: HTMLElement;
  readonly #list = element('ol', { class: 'feed' });
  readonly #spoken = element('p', { class: 'unseen', role: 'status' });
  readonly #announcer = new Announcer(
    (count, last) => `${count} messages. ${last}`,
    (text) => this.#spoken.replaceChildren(text),
  );

  constructor() {
    this.root = element(
      'section',
      { class: 'panel' },
      element('header', {}, element('h2', {}, 'What happens')),
      this.#list,
      this.#spoken,
    );
    this.#list.replaceChildren(element('li', { class: 'muted' }, 'Hits, crashes and arrivals appear here.'));
  }

  add(event: RoomEvent, own: number | undefined): void {
    const words = wordsOf(event);
    if (words === '') return;
    if (this.#list.querySelector('.muted')) this.#list.replaceChildren();
    this.#list.prepend(element('li', {}, element('bdi', {}, words)));
    while (this.#list.children.length > shown) this.#list.lastElementChild?.remove();
    if (own !== undefined && (event.ship === own || event.by === own) && event.kind !== 'join') this.#announcer.say(words);
  }
}

/** Describes an event in a sentence; an empty text for one that only the picture shows. */
function wordsOf({ kind, name = '', byName = '', kills = 0 }: RoomEvent): string {
  switch (kind) {
    case 'shot': return `${byName === '' ? 'A shot' : byName} hit ${name}`;
    case 'crash': return `${name} flew into a comet`;
    case 'join': return `${name} has joined`;
    case 'leave': return `${name} has left`;
    case 'round': return name === '' ? 'A new round begins' : `${name} wins the round with ${kills} hits; a new one begins`;
    case 'burst': return '';
  }
}
