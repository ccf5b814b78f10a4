import { avatar } from '../../conversation/avatar';
import { element, setData, setText } from '../../page/element';
import type { Room } from './room';

/** The people present in the room. On narrow screens a button in the room's header opens the panel. */
export class PeoplePanel {
  readonly root: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly #room: Room;
  readonly #changed: () => void;
  readonly #list = element('ul', { class: 'people-list' });
  #shown = '';

  constructor(room: Room, changed: () => void) {
    this.#room = room;
    this.#changed = changed;
    this.button = element('button', {
      'type': 'button',
      'class': 'button people-button',
      'aria-expanded': 'false',
      'title': 'People in this room (p)',
      'click': () => this.toggle(),
    });
    this.root = element(
      'aside',
      { 'class': 'panel people', 'aria-label': 'People in this room' },
      element('header', {}, element('h2', {}, 'Here now')),
      this.#list,
    );
  }

  toggle(isOpen = !this.root.classList.contains('shown')): void {
    this.root.classList.toggle('shown', isOpen);
    this.button.setAttribute('aria-expanded', String(isOpen));
    for (const event of ['pointerdown', 'keydown'])
      if (isOpen) document.addEventListener(event, this.#closeOutside);
      else document.removeEventListener(event, this.#closeOutside);
  }

  readonly #closeOutside = (event: Event): void => {
    const isLeaving = event instanceof KeyboardEvent
      ? event.key === 'Escape'
      : ![this.root, this.button].some((part) => event.composedPath().includes(part));
    if (isLeaving) this.toggle(false);
  };

  #unmute(user: string, name: string): HTMLElement {
    const label = `Unmute ${name}`;
    const click = () => {
      this.#room.muted.set(user, undefined);
      this.#changed();
    };
    return element('button', { 'type': 'button', 'class': 'link', 'aria-label': label, 'title': label, click }, 'unmute');
  }

  /** Marks the list as out of date while the connection is lost. */
  paint(isLive: boolean): void {
    const { people, me, muted, names: shownNames } = this.#room;
    setData(this.root, 'live', isLive ? 'yes' : 'no');
    this.root.hidden = this.button.hidden = this.#room.problem !== '';
    const present = people.present;
    setText(this.button, `${present.length} here`);
    const names = present.map(({ user, name }) => ({
      user,
      name: shownNames.of(user, name),
      isMe: user !== '' && user === me.user,
      isMuted: muted.has(user),
    }));
    const shown = JSON.stringify(names);
    if (shown === this.#shown) return;
    this.#shown = shown;
    this.#list.replaceChildren(
      ...names.map(({ user, name, isMe, isMuted }) => element(
        'li',
        {},
        avatar(user, name),
        element('bdi', {}, name),
        ...(isMe ? [element('span', { class: 'muted' }, '(you)')] : []),
        ...(isMuted ? [this.#unmute(user, name)] : []),
      )),
    );
  }
}
