import { element, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { toast } from '../../page/toasts';
import type { Connection } from '../../connection/connection';
import { typingWords } from '../model/typing';
import { Composer } from './composer';
import { MessageList } from './messageList';
import { type Me, Room } from './room';

/** A room on the page: its messages, its people, and where to write. */
export class RoomView {
  readonly root: HTMLElement;
  readonly people: HTMLElement;
  readonly room: Room;
  readonly #messages: MessageList;
  readonly #composer: Composer;
  readonly #notice = element('p', { class: 'notice' });
  readonly #typing = element('p', { 'class': 'typing muted', 'aria-live': 'polite' });
  readonly #count = element('span', { class: 'muted' });
  readonly #list = element('ul', { class: 'people-list' });
  readonly #ticks: ReturnType<typeof setInterval>;
  readonly #seen = () => this.#messages.markRead();

  constructor(name: string, title: string, me: Me, connection: Connection) {
    this.room = new Room(name, me, connection, () => painter.mark(this.#paint));
    this.#messages = new MessageList(this.room);
    this.#composer = new Composer((text) => this.#send(text), () => this.room.sign());
    const countButton = element(
      'button',
      { type: 'button', class: 'button plain people-button', click: () => this.#showPeople() },
      this.#count,
    );
    this.root = element(
      'section',
      { 'class': 'panel room', 'aria-label': title },
      element('header', {}, element('h2', {}, title), countButton),
      this.#notice,
      this.#messages.root,
      this.#typing,
      this.#composer.root,
    );
    this.people = element(
      'aside',
      { 'class': 'panel people', 'aria-label': 'People here' },
      element('header', {}, element('h2', {}, 'Here now')),
      this.#list,
    );
    this.#ticks = setInterval(() => {
      // What a busy server put off is tried again, and typing signs fade by themselves.
      void this.room.outbox.flush();
      painter.mark(this.#paint);
    }, 1000);
    document.addEventListener('visibilitychange', this.#seen);
    connection.onChange(() => painter.mark(this.#paint));
    painter.mark(this.#paint);
  }

  focus(): void {
    this.#composer.focus();
  }

  leave(): void {
    clearInterval(this.#ticks);
    document.removeEventListener('visibilitychange', this.#seen);
    this.room.leave();
    this.root.remove();
    this.people.remove();
  }

  #send(text: string): boolean {
    if (!this.room.outbox.put(text)) {
      toast('Too many messages wait to be sent. This one stays in the field.', 'bad');
      return false;
    }
    painter.mark(() => this.#messages.scrollToEnd());
    return true;
  }

  #showPeople(): void {
    this.people.classList.toggle('shown');
  }

  readonly #paint = (): void => {
    const { room } = this;
    const isEmpty = room.thread.messages.length === 0 && room.outbox.pending.length === 0;
    this.#notice.hidden = !isEmpty;
    this.#messages.root.hidden = isEmpty;
    setText(this.#notice, this.#noticeText());
    this.#messages.paint();
    setText(this.#typing, typingWords(room.typing.names(Date.now())));
    const present = room.people.present;
    setText(this.#count, `${present.length} here`);
    const names = present.map((person) => `${person.name}${person.user === room.me.user ? ' (you)' : ''}`);
    const shown = [...this.#list.children].map((item) => item.textContent);
    if (names.join('\n') !== shown.join('\n')) {
      this.#list.replaceChildren(...names.map((name) => element('li', {}, name)));
    }
  };

  #noticeText(): string {
    if (this.room.problem !== '') return `This room is closed: ${this.room.problem}. Choose another one.`;
    if (!this.room.isLoaded) return 'Opening the room…';
    return 'Nothing here yet. Write the first message.';
  }
}
