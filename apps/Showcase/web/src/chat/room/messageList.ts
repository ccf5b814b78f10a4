import { element, setText } from '../../page/element';
import type { Message, Pending } from '../../conversation/message';
import { type Content, MessageItem, type Readers } from './messageItem';
import type { Room } from './room';

const groupedWithinMilliseconds = 5 * 60_000;
const nearEndPixels = 48;
const nearStartPixels = 400;
const foundMilliseconds = 2000;

export interface ListActions {
  /** Returns a rejected message to the field. */
  editPending(pending: Pending): void;
  /** Opens the menu of a message, which `key` identifies, beside a button. */
  openMenu(key: string, button: HTMLElement): void;
  react(key: string, emoji: string, on: boolean): void;
  notFound(): void;
}

/** The messages of a room. It follows the end while scrolled there, and keeps its position when older ones load. */
export class MessageList {
  // The announcer reads new messages aloud; a live region would read a whole page of history.
  readonly root = element('div', { 'class': 'messages', 'tabindex': 0, 'role': 'log', 'aria-live': 'off', 'aria-label': 'Messages' });
  readonly #room: Room;
  readonly #actions: ListActions;
  readonly #items = new Map<string, MessageItem>();
  readonly #days = new Map<string, HTMLElement>();
  readonly #list = element('div', { class: 'message-list' });
  readonly #line = element('p', { class: 'unread-line' }, element('span', {}, 'New messages'));
  readonly #start = element('p', { class: 'muted start-of-room' });
  readonly #older = element('button', { type: 'button', class: 'button older', click: () => void this.#room.loadOlder() });
  #isFollowing = true;
  #isPlaced = false;

  constructor(room: Room, actions: ListActions, scrolled: () => void) {
    this.#room = room;
    this.#actions = actions;
    this.root.append(this.#start, this.#older, this.#list);
    this.root.addEventListener('scroll', () => {
      const wasFollowing = this.#isFollowing;
      this.#isFollowing = this.isAtEnd;
      if (wasFollowing && !this.#isFollowing && !this.#line.isConnected) room.unreadLine.leave(room.read);
      this.#loadOlderWhenNear();
      this.markRead();
      scrolled();
    });
    this.root.addEventListener('keydown', (event) => this.#pressed(event));
    // A phone's keyboard or a growing field shrinks the list; its end stays visible.
    new ResizeObserver(() => this.#isFollowing && this.scrollToEnd()).observe(this.root);
  }

  get isAtEnd(): boolean {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < nearEndPixels;
  }

  /** Marks the room as read once its end is visible. */
  markRead(): void {
    if (this.#isPlaced && this.#isFollowing && document.visibilityState === 'visible') this.#room.markRead();
  }

  scrollToEnd(): void {
    this.#isFollowing = true;
    this.root.scrollTop = this.root.scrollHeight;
  }

  /** Scrolls to a message and marks it for a moment; loads older messages until it is there. */
  async open(id: number): Promise<void> {
    if (!await this.#room.loadUntil(id)) {
      this.#actions.notFound();
      return;
    }
    this.#isFollowing = false;
    this.paint();
    const message = this.#room.thread.find(id);
    const item = message && this.#items.get(keyOf(message));
    if (!item) return;
    item.root.scrollIntoView({ block: 'center' });
    item.root.focus({ preventScroll: true });
    item.root.dataset.found = 'yes';
    setTimeout(() => delete item.root.dataset.found, foundMilliseconds);
  }

  paint(): void {
    const { thread } = this.#room;
    const anchor = this.#isFollowing ? undefined : this.#firstInSight();
    const before = anchor?.offsetTop ?? 0;
    this.#paintStart();
    this.#place([...this.#thread(), ...this.#waiting()]);
    if (thread.messages.length > 0 && !this.#isPlaced) this.#placeFirst();
    else if (this.#isFollowing) this.scrollToEnd();
    else if (anchor?.isConnected) this.root.scrollTop += anchor.offsetTop - before;
    this.markRead();
  }

  // Arrow keys walk from message to message; Enter opens the menu of the one with the focus.
  #pressed(event: KeyboardEvent): void {
    const messages = [...this.#list.querySelectorAll<HTMLElement>('.message')];
    const at = messages.indexOf(document.activeElement as HTMLElement);
    // Keys within a message, such as those that scroll its code, remain there.
    if (at < 0 && document.activeElement !== this.root) return;
    if (event.key === 'Enter' && at >= 0) this.#itemOf(messages[at])?.openMenu();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const next = at < 0 ? messages.at(-1) : messages[at + (event.key === 'ArrowUp' ? -1 : 1)];
      next?.focus();
      next?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
  }

  /** Returns the message of an item that was sent. */
  find(key: string): Message | undefined {
    return this.#room.thread.messages.find((message) => keyOf(message) === key);
  }

  /** Moves the focus to a message. */
  focus(message: Message): void {
    this.#items.get(keyOf(message))?.root.focus();
  }

  #itemOf(root: HTMLElement | undefined): MessageItem | undefined {
    return [...this.#items.values()].find((item) => item.root === root);
  }

  #firstInSight(): HTMLElement | undefined {
    const messages = [...this.#list.querySelectorAll<HTMLElement>('.message')];
    return messages.find((message) => message.offsetTop >= this.root.scrollTop);
  }

  /** Scrolls to the unread line, or to the end when there is none. */
  #placeFirst(): void {
    this.scrollToEnd();
    this.#isPlaced = true;
    if (this.#line.isConnected) this.#line.scrollIntoView({ block: 'start' });
    this.#isFollowing = this.isAtEnd;
    this.#loadOlderWhenNear();
  }

  #loadOlderWhenNear(): void {
    if (this.#room.older === 'idle' && this.root.scrollTop < nearStartPixels) void this.#room.loadOlder();
  }

  #paintStart(): void {
    const { thread, older } = this.#room;
    this.#start.hidden = thread.messages.length === 0 || thread.hasOlder;
    setText(this.#start, 'This is the beginning of the room.');
    this.#older.hidden = thread.messages.length === 0 || !thread.hasOlder;
    this.#older.disabled = older === 'loading';
    setText(
      this.#older,
      older === 'failed' ? 'Older messages failed to load. Try again' : older === 'loading' ? 'Loading older messages…' : 'Show older messages',
    );
  }

  #thread(): HTMLElement[] {
    const { thread, me, reads, unreadLine, names, muted } = this.#room;
    const messages = thread.messages.filter(({ user }) => !muted.has(user));
    const isMine = (message: Message) => message.user === me.user && me.user !== '';
    const readBy = reads.lastReadBy(messages.filter(isMine), me.user);
    const lineAbove = unreadLine.above(messages, me.user);
    const readers = { me, names: names.all };
    const entries = messages.map((message) => ({ message, item: this.#item(message, readers) }));
    // Whether an entry belongs to the same group as the previous one.
    const goesOn = (index: number) => {
      const [before, entry] = [entries[index - 1], entries[index]];
      return before !== undefined && entry !== undefined && lineAbove !== entry.message.id
        && before.item.day === entry.item.day && belong(before.message, entry.message);
    };
    const nodes: HTMLElement[] = [];
    for (const [index, { message, item }] of entries.entries()) {
      if (entries[index - 1]?.item.day !== item.day) nodes.push(this.#day(item.day));
      if (lineAbove === message.id) nodes.push(this.#line);
      const readBys = readBy.get(message.id)?.map(({ user, name }) => names.of(user, name));
      item.show({
        isMine: isMine(message),
        isGrouped: goesOn(index),
        isLast: readBys !== undefined || !goesOn(index + 1),
        state: 'sent',
      });
      const edited = message.edited === undefined || message.deleted ? '' : ' · edited';
      item.setFoot(`${item.clock}${edited}${readBys ? ` · ${readWords(readBys)}` : ''}`);
      nodes.push(item.root);
    }
    return nodes;
  }

  #waiting(): HTMLElement[] {
    const { me, names } = this.#room;
    return this.#room.outbox.of(this.#room.name).map((pending) => {
      const item = this.#item({ ...pending, user: me.user, name: me.name }, { me, names: names.all });
      const state = pending.problem === undefined ? 'waiting' : 'refused';
      item.show({ isMine: true, isGrouped: false, isLast: true, state });
      if (pending.problem === undefined) item.setFoot('waiting to be sent');
      else if (item.foot.childElementCount === 0) item.foot.replaceChildren(...this.#refusal(pending));
      return item.root;
    });
  }

  #refusal(pending: Pending): (Node | string)[] {
    const button = (label: string, click: () => void) =>
      element('button', { type: 'button', class: 'link', click }, label);
    return [
      `Not sent: ${pending.problem} `,
      button('Edit', () => this.#actions.editPending(pending)),
      ' ',
      button('Discard', () => this.#room.outbox.discard(pending.clientId)),
    ];
  }

  #place(wanted: HTMLElement[]): void {
    const kept = new Set<Element>(wanted);
    for (const child of [...this.#list.children]) if (!kept.has(child)) child.remove();
    let here = this.#list.firstElementChild;
    for (const node of wanted) {
      if (here === node) here = here.nextElementSibling;
      else this.#list.insertBefore(node, here);
    }
  }

  #day(text: string): HTMLElement {
    const known = this.#days.get(text) ?? element('p', { class: 'day muted' }, text);
    this.#days.set(text, known);
    return known;
  }

  // A message keeps its node from pending to read. Client ids are unique per user.
  #item(message: Content & { clientId: string; id?: number }, readers: Readers): MessageItem {
    const key = keyOf(message);
    const known = this.#items.get(key) ?? new MessageItem(message, {
      openMenu: (button) => this.#actions.openMenu(key, button),
      react: (emoji, on) => this.#actions.react(key, emoji, on),
      openQuote: (id) => void this.open(id),
    });
    this.#items.set(key, known);
    known.setContent({ ...message, name: this.#room.names.of(message.user, message.name) }, readers);
    return known;
  }
}

function keyOf({ user, clientId }: { user: string; clientId: string }): string {
  return `${user}/${clientId}`;
}

function belong(first: Message, second: Message): boolean {
  const isSameAuthor = first.user === second.user && first.name === second.name;
  return isSameAuthor && second.time - first.time < groupedWithinMilliseconds;
}

function readWords(names: readonly string[]): string {
  return names.length <= 2 ? `read by ${names.join(' and ')}` : `read by ${names.length}`;
}
