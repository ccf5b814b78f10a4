import type { Connection } from '../../connection/connection';
import { Announcer } from '../../page/announcer';
import { element, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { forget, remember, remembered } from '../../page/settings';
import { toast } from '../../page/toasts';
import type { Pending } from '../../conversation/message';
import type { Outbox } from '../../conversation/outbox';
import { Composer } from './composer';
import { MessageList } from './messageList';
import { PeoplePanel } from './peoplePanel';
import { type Me, Room } from './room';
import { StatusLine } from './statusLine';

/** The view of a room: its messages, its people and the message field. */
export class RoomView {
  readonly root: HTMLElement;
  readonly people: PeoplePanel;
  readonly room: Room;
  readonly #connection: Connection;
  readonly #messages: MessageList;
  readonly #composer: Composer;
  readonly #status: StatusLine;
  readonly #notice = element('p', { class: 'notice' });
  readonly #jump = element('button', { type: 'button', class: 'button jump', hidden: true, click: () => this.jumpToLatest() });
  readonly #announced = element('p', { class: 'unseen', role: 'status' });
  readonly #announcer = new Announcer(
    (count, last) => `${count} new messages. The last one: ${last}`,
    (text) => setText(this.#announced, text),
  );

  readonly #draft: string;
  readonly #changed: () => void;
  readonly #stop: (() => void)[] = [];

  constructor(name: string, title: string, me: Me, connection: Connection, outbox: Outbox, changed: () => void) {
    this.#connection = connection;
    this.#draft = `draft.${name}`;
    this.#changed = changed;
    this.room = new Room(name, me, connection, outbox, {
      changed: () => painter.mark(this.#paint),
      arrived: (message) => this.#announcer.say(`${this.room.names.of(message.user, message.name)}: ${message.text}`),
      moved: (move) => this.#status.moved(move),
      missed: (words) => toast(words, { subject: 'missed' }),
    });
    this.#messages = new MessageList(this.room, (pending) => this.#edit(pending), () => this.#paintJump());
    this.people = new PeoplePanel(this.room);
    this.#status = new StatusLine(this.room, connection);
    this.#composer = new Composer(remembered(this.#draft) ?? '', {
      send: (text) => this.#send(text),
      typed: (text) => this.#typed(text),
      left: () => this.focusMessages(),
    });
    this.root = element(
      'section',
      { 'class': 'panel room', 'aria-label': title },
      element('header', {}, element('h2', {}, title), this.people.button),
      element('div', { class: 'room-body' }, this.#messages.root, this.#notice, this.#jump),
      this.#status.root,
      this.#composer.root,
      this.#announced,
    );
    this.#start();
  }

  /** Whether the end of the room is visible and the page has the focus, so that nothing is unread. */
  get isReading(): boolean {
    return this.#messages.isAtEnd && document.visibilityState === 'visible';
  }

  focus(): void {
    this.#composer.focus();
  }

  focusMessages(): void {
    this.#messages.root.focus();
  }

  jumpToLatest(): void {
    this.#messages.scrollToEnd();
    this.focusMessages();
  }

  /** Leaves the room before another one opens. */
  leave(): void {
    for (const stop of this.#stop) stop();
    this.room.leave();
    this.people.toggle(false);
    this.root.remove();
    this.people.root.remove();
  }

  /** Called when the connection or the outbox changed. */
  repaint(): void {
    painter.mark(this.#paint);
  }

  #start(): void {
    // Typing indicators expire without an event.
    const ticks = setInterval(() => this.#status.paint(), 1000);
    const seen = () => {
      if (document.visibilityState === 'hidden') this.room.unreadLine.leave(this.room.read);
      this.#messages.markRead();
      this.repaint();
    };
    document.addEventListener('visibilitychange', seen);
    this.#stop.push(() => clearInterval(ticks), () => document.removeEventListener('visibilitychange', seen));
    this.repaint();
  }

  #send(text: string): boolean {
    if (!this.room.outbox.put(this.room.name, text)) {
      toast('Too many messages are waiting to be sent. This one stays in the field.', { kind: 'bad' });
      return false;
    }
    forget(this.#draft);
    // A user who writes while connected has seen the loaded messages; offline, messages may be missing.
    if (this.#connection.state === 'connected') this.room.unreadLine.clear();
    this.#messages.scrollToEnd();
    this.repaint();
    return true;
  }

  #typed(text: string): void {
    if (text.trim() === '') forget(this.#draft);
    else {
      remember(this.#draft, text);
      this.room.sign();
    }
  }

  #edit(pending: Pending): void {
    this.room.outbox.discard(pending.clientId);
    this.#composer.write(pending.text);
    this.#typed(pending.text);
    this.focus();
  }

  readonly #paint = (): void => {
    const isEmpty = this.room.thread.messages.length === 0 && this.room.outbox.of(this.room.name).length === 0;
    this.#notice.hidden = !isEmpty;
    this.#notice.classList.toggle('opening', !this.room.isLoaded);
    setText(this.#notice, this.#noticeText());
    this.#messages.paint();
    this.#status.paint();
    this.people.paint(this.#connection.state === 'connected');
    this.#composer.root.hidden = this.room.problem !== '';
    this.#composer.setOffline(this.#connection.state !== 'connected');
    this.#paintJump();
    this.#changed();
  };

  #paintJump(): void {
    const { thread, read } = this.room;
    const unread = thread.lastId - read;
    this.#jump.hidden = this.#messages.isAtEnd;
    setText(this.#jump, unread > 0 && read > 0 ? `↓ ${unread} new` : '↓ Latest');
  }

  #noticeText(): string {
    if (this.room.problem !== '') return `${this.room.problem} Choose another one from the list.`;
    if (!this.room.isLoaded) return 'Opening the room…';
    return 'Nothing here yet. Write the first message.';
  }
}
