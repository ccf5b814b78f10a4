import type { Connection } from '../../connection/connection';
import { Announcer } from '../../page/announcer';
import { ask } from '../../page/dialog';
import { element, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { forget, remember, remembered } from '../../page/settings';
import { toast } from '../../page/toasts';
import type { Message, Pending } from '../../conversation/message';
import type { Muted } from '../../conversation/muted';
import type { Outbox } from '../../conversation/outbox';
import { firstSeen } from '../firstSeen';
import { Composer } from '../../conversation/composer';
import { MessageList } from './messageList';
import { attempt, showMessageMenu } from './messageMenu';
import { PeoplePanel } from './peoplePanel';
import { type Me, Room } from './room';
import { SearchPanel } from './searchPanel';
import { StatusLine } from './statusLine';

/** What the rooms of the page share. */
export interface RoomContext {
  me: Me;
  connection: Connection;
  outbox: Outbox;
  muted: Muted;
  /** An element of the page above the message field. */
  aboveField: HTMLElement;
  changed: () => void;
}

/** The view of a room: its messages, its people and the message field. */
export class RoomView {
  readonly root: HTMLElement;
  readonly people: PeoplePanel;
  readonly search: SearchPanel;
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
  #opening: number | undefined;
  #topic: { kind: 'reply' | 'edit'; message: Message } | undefined;
  readonly #changed: () => void;
  readonly #stop: (() => void)[] = [];

  constructor(name: string, title: string, { me, connection, outbox, muted, aboveField, changed }: RoomContext) {
    this.#connection = connection;
    this.#draft = `draft.${name}`;
    this.#changed = changed;
    this.room = new Room(name, me, connection, outbox, muted, firstSeen.of(name) ?? 0, {
      changed: () => painter.mark(this.#paint),
      arrived: (message) => this.#announcer.say(`${this.room.names.of(message.user, message.name)}: ${message.text}`),
      moved: (move) => this.#status.moved(move),
      missed: (words) => toast(words, { subject: 'missed' }),
    });
    this.#messages = new MessageList(this.room, {
      editPending: (pending) => this.#restore(pending),
      openMenu: (key, button) => this.#openMenu(key, button),
      react: (key, emoji, on) => {
        const message = this.#messages.find(key);
        if (message) attempt(this.room.react(message.id, emoji, on));
      },
      notFound: () => toast('That message is too far back to show, or it is no longer retained.', { subject: 'found' }),
    }, () => this.#paintJump());
    this.search = new SearchPanel(this.room, (id) => this.openMessage(id));
    this.people = new PeoplePanel(this.room, () => this.repaint());
    this.#status = new StatusLine(this.room, connection);
    this.#composer = new Composer(remembered(this.#draft) ?? '', {
      send: (text) => this.#send(text),
      typed: (text) => this.#typed(text),
      left: () => this.focusMessages(),
      cancelled: () => this.#compose(undefined),
      editLast: () => this.#editLast(),
      names: () => this.room.names.all,
    });
    this.root = element(
      'section',
      { 'class': 'panel room', 'aria-label': title },
      element('header', {}, element('h2', {}, title), this.search.button, this.people.button),
      this.search.root,
      element('div', { class: 'room-body' }, this.#messages.root, this.#notice, this.#jump),
      this.#status.root,
      aboveField,
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
    this.#messages.showEnd();
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
    // Typing indicators expire and repeat without an event.
    const ticks = setInterval(() => {
      this.#status.paint();
      this.room.sign();
    }, 1000);
    const seen = () => {
      if (document.visibilityState === 'hidden') this.room.unreadLine.leave(this.room.read);
      this.#messages.markRead();
      this.repaint();
    };
    document.addEventListener('visibilitychange', seen);
    this.#stop.push(() => clearInterval(ticks), () => document.removeEventListener('visibilitychange', seen));
    this.repaint();
  }

  /** Opens a message, for example of a link. */
  openMessage(id: number): void {
    this.#opening = this.room.isLoaded ? undefined : id;
    if (this.room.isLoaded) void this.#messages.open(id);
  }

  #openMenu(key: string, button: HTMLElement): void {
    const message = this.#messages.find(key);
    if (!message) return;
    showMessageMenu(this.room, message, button, {
      reply: () => this.#compose({ kind: 'reply', message }),
      edit: () => this.#compose({ kind: 'edit', message }),
      remove: () => void this.#remove(message),
      mute: (user, name) => {
        this.room.muted.set(user, name);
        toast(`You no longer see what ${name} writes. The list of people has a button that ends this.`, { subject: 'mute' });
        this.repaint();
      },
      closed: () => this.#messages.focus(message),
    });
  }

  /** Makes the field write a reply or an edit; undefined for a new message. */
  #compose(topic: { kind: 'reply' | 'edit'; message: Message } | undefined): void {
    // The draft of a new message waits while another one is edited.
    const wasEdit = this.#topic?.kind === 'edit';
    this.#topic = topic;
    if (topic?.kind === 'edit') this.#composer.write(topic.message.text);
    else if (wasEdit) this.#composer.write(remembered(this.#draft) ?? '');
    this.#paintTopic();
    this.focus();
  }

  #paintTopic(): void {
    const { kind, message } = this.#topic ?? {};
    const name = message && this.room.names.of(message.user, message.name);
    const words = { reply: `Replying to ${name}: ${message?.text}`, edit: 'Editing your message' };
    this.#composer.setContext(kind ? words[kind] : '');
    this.#composer.setLabel(kind === 'edit' ? 'Save' : this.#connection.state === 'connected' ? 'Send' : 'Send later');
  }

  #editLast(): void {
    const last = this.room.thread.messages.findLast(({ user, deleted }) => user === this.room.me.user && !deleted);
    if (last) this.#compose({ kind: 'edit', message: last });
  }

  async #remove(message: Message): Promise<void> {
    const body = [element('p', {}, 'Everybody sees that a message was deleted here, and nobody sees its text.')];
    const isSure = await ask({ title: 'Delete this message?', body, confirm: 'Delete', confirmClass: 'danger' });
    if (isSure) attempt(this.room.remove(message.id));
    this.#messages.focus(message);
  }

  #save(message: Message, text: string): boolean {
    if (text !== message.text) {
      const isSaved = this.room.edit(message.id, text);
      // A rejected edit returns to the field, unless something else is being written there.
      isSaved.catch(() => {
        if (this.#topic) return;
        this.#compose({ kind: 'edit', message });
        this.#composer.write(text);
      });
      attempt(isSaved);
    }
    this.#topic = undefined;
    this.#paintTopic();
    // The field is emptied after this returns; then the draft of a new message comes back.
    queueMicrotask(() => this.#composer.write(remembered(this.#draft) ?? ''));
    return true;
  }

  #send(text: string): boolean {
    if (this.#topic?.kind === 'edit') return this.#save(this.#topic.message, text);
    const to = this.#topic?.message;
    const reply = to && { replyTo: to.id, quote: { user: to.user, name: to.name, text: to.text } };
    if (!this.room.outbox.put(this.room.name, text, reply)) {
      toast('Too many messages are waiting to be sent. This one stays in the field.', { kind: 'bad' });
      return false;
    }
    forget(this.#draft);
    this.room.wrote('');
    this.#topic = undefined;
    this.#paintTopic();
    // A user who writes while connected has seen the loaded messages; offline, messages may be missing.
    if (this.#connection.state === 'connected') this.room.unreadLine.clear();
    this.#messages.showEnd();
    this.repaint();
    return true;
  }

  #typed(text: string): void {
    if (this.#topic?.kind === 'edit') return;
    if (text.trim() === '') forget(this.#draft);
    else remember(this.#draft, text);
    this.room.wrote(text);
  }

  #restore(pending: Pending): void {
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
    this.#composer.root.hidden = this.search.button.hidden = this.room.problem !== '';
    this.#paintTopic();
    this.#paintJump();
    if (this.#opening !== undefined && this.room.isLoaded) this.openMessage(this.#opening);
    this.#changed();
  };

  #paintJump(): void {
    const { thread, read } = this.room;
    const unread = thread.lastId - read;
    this.#jump.hidden = this.#messages.isAtEnd;
    setText(this.#jump, unread > 0 ? `↓ ${unread} new` : '↓ Latest');
  }

  #noticeText(): string {
    if (this.room.problem !== '') return `${this.room.problem} Choose another one from the list.`;
    if (!this.room.isLoaded) return 'Opening the room…';
    return 'Nothing here yet. Write the first message.';
  }
}
