import { avatar } from '../conversation/avatar';
import { shownName } from '../conversation/names';
import { element, setText } from '../page/element';
import type { Profile, RelationKind } from './model/messages';
import type { Square } from './square';
import { relate } from './view/postMenu';

const verbs: [RelationKind, string, string][] = [['follow', 'Follow', 'Following'], ['mute', 'Mute', 'Muted'], ['block', 'Block', 'Blocked']];

/** Who a person is, and what the visitor has decided about them. */
export class ProfileView {
  readonly root = element('section', { 'class': 'profile panel', 'aria-label': 'Person' }, element('p', { class: 'muted' }, 'Opening the person…'));
  readonly #square: Square;
  readonly #user: string;
  readonly #buttons = new Map<RelationKind, HTMLButtonElement>();
  #isLoaded = false;

  constructor(square: Square, user: string) {
    this.#square = square;
    this.#user = user;
    square.connection.client.on('connected', () => void this.#load());
    void this.#load();
  }

  paint(): void {
    for (const [kind, on, off] of verbs) {
      const button = this.#buttons.get(kind);
      const is = this.#square.is(kind, this.#user);
      button?.setAttribute('aria-pressed', String(is));
      if (button) setText(button, is ? off : on);
    }
  }

  async #load(): Promise<void> {
    if (this.#square.connection.state !== 'connected') return;
    try {
      this.#show(await this.#square.call<Profile>('profile', { user: this.#user }));
      this.#isLoaded = true;
    } catch (error) {
      if (!this.#isLoaded) this.root.replaceChildren(element('p', {}, (error as Error).message));
    }
    this.paint();
  }

  #show({ user, name, bot, about, following = 0, followers = 0 }: Profile): void {
    const buttons = user === this.#square.me
      ? []
      : verbs.map(([kind]) => {
          const button = element('button', { type: 'button', class: 'button', click: () => void relate(this.#square, kind, user, !this.#square.is(kind, user)) });
          this.#buttons.set(kind, button);
          return button;
        });
    this.root.replaceChildren(
      avatar(user, name),
      element(
        'div',
        {},
        element('h2', {}, element('bdi', {}, shownName(name)), ...(bot ? [' ', element('span', { class: 'badge' }, 'bot')] : [])),
        element('p', { class: 'muted' }, about ?? (user === this.#square.me ? 'This is you.' : 'A visitor.')),
        element('p', { class: 'muted' }, `Follows ${following} · followed by ${followers}`),
      ),
      element('div', { class: 'relate' }, ...buttons),
    );
  }
}
