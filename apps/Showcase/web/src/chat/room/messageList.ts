import { ListWindow } from '../../conversation/listWindow';
import type { Message, Pending } from '../../conversation/message';
import { element, setText } from '../../page/element';
import { MessageRows } from './messageRows';
import type { Room } from './room';

const nearEndPixels = 48;
const nearEdgePixels = 400;
const foundMilliseconds = 2000;
const unreadPages = 3;

export interface ListActions {
  /** Returns a rejected message to the field. */
  editPending(pending: Pending): void;
  /** Opens the menu of a message, which `key` identifies, beside a button. */
  openMenu(key: string, button: HTMLElement): void;
  react(key: string, emoji: string, on: boolean): void;
  notFound(): void;
}

/**
 * The messages of a room. The list follows the end while it is scrolled there, and otherwise keeps its position. A
 * window of the loaded messages is on the page; it moves when its edge comes near.
 */
export class MessageList {
  // The announcer reads new messages aloud; a live region would read a whole page of history.
  readonly root = element('div', { 'class': 'messages', 'tabindex': 0, 'role': 'log', 'aria-live': 'off', 'aria-label': 'Messages' });
  readonly #room: Room;
  readonly #actions: ListActions;
  readonly #rows: MessageRows;
  readonly #window = new ListWindow();
  readonly #list = element('div', { class: 'message-list' });
  readonly #start = element('p', { class: 'muted start-of-room' }, 'This is the beginning of the room.');
  readonly #older = element('button', { type: 'button', class: 'button older', click: () => void this.#bringOlder() });
  #isFollowing = true;
  // Where the list opens: at the first unread message, which may have to be loaded first.
  #opening: 'unknown' | 'loading' | 'known' | 'placed' = 'unknown';

  constructor(room: Room, actions: ListActions, scrolled: () => void) {
    this.#room = room;
    this.#actions = actions;
    this.#rows = new MessageRows(room, { ...actions, openQuote: (id) => void this.open(id) });
    this.root.append(this.#start, this.#older, this.#list);
    this.root.addEventListener('scroll', () => {
      this.#scrolled();
      scrolled();
    });
    this.root.addEventListener('keydown', (event) => this.#pressed(event));
    // A phone's keyboard or a growing field shrinks the list; its end stays visible.
    new ResizeObserver(() => this.#isFollowing && this.#scrollToEnd()).observe(this.root);
  }

  get isAtEnd(): boolean {
    return this.#pixelsBelow < nearEndPixels && !this.#window.hasLater(this.#messages);
  }

  /** Marks the room as read once its end is visible. */
  markRead(): void {
    if (this.#opening === 'placed' && this.#isFollowing && document.visibilityState === 'visible') this.#room.markRead();
  }

  /** Shows the latest message, and follows the end from then on. */
  showEnd(): void {
    this.#window.follow();
    this.#isFollowing = true;
    this.#skipOpening();
    this.paint();
  }

  /** Scrolls to a message and marks it for a moment; loads older messages until it is there. */
  async open(id: number): Promise<void> {
    if (!await this.#room.loadUntil(id)) {
      this.#actions.notFound();
      return;
    }
    this.#isFollowing = false;
    this.#skipOpening();
    this.#window.center(this.#messages, id);
    this.paint();
    const message = this.#room.thread.find(id);
    const item = message && this.#rows.itemOf(message);
    if (!item) return;
    item.root.scrollIntoView({ block: 'center' });
    item.root.focus({ preventScroll: true });
    item.root.dataset.found = 'yes';
    setTimeout(() => delete item.root.dataset.found, foundMilliseconds);
  }

  paint(): void {
    const messages = this.#messages;
    if (this.#opening !== 'placed' && messages.length > 0) this.#findOpening(messages);
    // The browser may change the scroll position while the rows change, so the distance is measured before.
    const anchor = this.#isFollowing ? undefined : this.#firstInSight();
    const before = anchor ? bottomOf(anchor) - this.root.scrollTop : 0;
    this.#paintStart(messages);
    this.#place([
      ...this.#rows.of(this.#window.of(messages), messages),
      ...(this.#window.hasLater(messages) ? [] : this.#rows.waiting()),
    ]);
    if (this.#opening === 'known') this.#placeFirst();
    else if (this.#isFollowing) this.#scrollToEnd();
    else if (anchor?.isConnected) this.root.scrollTop = bottomOf(anchor) - before;
    this.markRead();
    // Older messages that were loaded for the reader are outside of the window until it moves.
    if (!this.#isFollowing && this.#isNearStart && this.#window.moveUp(messages)) this.paint();
  }

  /** Returns the message of an item that was sent. */
  find(key: string): Message | undefined {
    return this.#rows.find(key);
  }

  /** Moves the focus to a message. */
  focus(message: Message): void {
    this.#rows.itemOf(message)?.root.focus();
  }

  get #messages(): readonly Message[] {
    const { thread, muted } = this.#room;
    return thread.messages.filter(({ user }) => !muted.has(user));
  }

  get #pixelsBelow(): number {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight;
  }

  get #isNearStart(): boolean {
    return this.root.scrollTop < nearEdgePixels;
  }

  #scrolled(): void {
    const messages = this.#messages;
    const wasFollowing = this.#isFollowing;
    this.#isFollowing = this.isAtEnd;
    if (this.#isFollowing) this.#window.follow();
    else if (wasFollowing) {
      this.#window.hold(messages);
      const { unreadLine, me, read } = this.#room;
      if (unreadLine.above(messages, me.user) === undefined) unreadLine.leave(read);
    }
    if (this.#isNearStart) void this.#bringOlder(true);
    else if (this.#pixelsBelow < nearEdgePixels) this.#bringNewer();
    this.markRead();
  }

  /** Moves the window up, or loads older messages. Returns whether there are more above than before. */
  async #bringOlder(isUnasked = false): Promise<boolean> {
    if (!this.#window.moveUp(this.#messages)) {
      // A page that failed to load is requested again only on demand.
      if (!this.#room.thread.hasOlder || (isUnasked && this.#room.older !== 'idle')) return false;
      await this.#room.loadOlder();
      if (!this.#window.moveUp(this.#messages)) return false;
    }
    this.paint();
    return true;
  }

  #bringNewer(): boolean {
    const isMoved = this.#window.moveDown(this.#messages);
    if (isMoved) this.paint();
    return isMoved;
  }

  // Arrow keys walk from message to message; Enter opens the menu of the one with the focus.
  #pressed(event: KeyboardEvent): void {
    const item = this.#rows.itemAt(document.activeElement);
    // Keys within a message, such as those that scroll its code, remain there.
    if (!item && document.activeElement !== this.root) return;
    if (event.key === 'Enter' && item) item.openMenu();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') void this.#walk(item?.root, event.key === 'ArrowUp' ? -1 : 1);
    else return;
    event.preventDefault();
  }

  async #walk(from: HTMLElement | undefined, by: -1 | 1): Promise<void> {
    const find = () => {
      const items = this.#itemsOnPage();
      return from ? items[items.indexOf(from) + by] : this.#lastInSight();
    };
    const next = find() ?? (await (by < 0 ? this.#bringOlder() : this.#bringNewer()) ? find() : undefined);
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  }

  #itemsOnPage(): HTMLElement[] {
    return [...this.#list.querySelectorAll<HTMLElement>('.message')];
  }

  #firstInSight(): HTMLElement | undefined {
    return this.#itemsOnPage().find((item) => item.offsetTop >= this.root.scrollTop);
  }

  #lastInSight(): HTMLElement | undefined {
    const end = this.root.scrollTop + this.root.clientHeight;
    return this.#itemsOnPage().findLast((item) => item.offsetTop < end);
  }

  #scrollToEnd(): void {
    this.root.scrollTop = this.root.scrollHeight;
  }

  // A person who chose a message, or the end, is not moved to the unread line afterwards.
  #skipOpening(): void {
    if (this.#opening === 'loading') this.#opening = 'placed';
  }

  /** Loads the first unread message, within bounds, and moves the window there. */
  #findOpening(messages: readonly Message[]): void {
    const { thread, read, me, unreadLine } = this.#room;
    const unread = unreadLine.above(messages, me.user);
    if (this.#opening === 'unknown' && unread !== undefined && thread.hasOlder && (thread.firstId ?? 0) > read + 1) {
      this.#opening = 'loading';
      void this.#room.loadUntil(read + 1, unreadPages).then(() => {
        if (this.#opening !== 'loading') return;
        this.#opening = 'known';
        this.paint();
      });
    }
    if (this.#opening === 'loading') return;
    this.#opening = 'known';
    if (unread !== undefined) this.#window.center(messages, unread);
  }

  /** Scrolls to the unread line, or to the end when there is none. */
  #placeFirst(): void {
    this.#scrollToEnd();
    this.#opening = 'placed';
    if (this.#rows.line.isConnected) this.#rows.line.scrollIntoView({ block: 'start' });
    this.#isFollowing = this.isAtEnd;
    if (this.#isFollowing) this.#window.follow();
    else this.#window.hold(this.#messages);
    if (this.#isNearStart) void this.#bringOlder(true);
  }

  #paintStart(messages: readonly Message[]): void {
    const { thread, older } = this.#room;
    const isEmpty = thread.messages.length === 0;
    const hasOlder = thread.hasOlder || this.#window.hasEarlier(messages);
    this.#start.hidden = isEmpty || hasOlder;
    this.#older.hidden = isEmpty || !hasOlder;
    this.#older.disabled = older === 'loading';
    const words = {
      idle: 'Show older messages',
      loading: 'Loading older messages…',
      failed: 'Older messages failed to load. Try again',
    };
    setText(this.#older, words[older]);
  }

  #place(wanted: HTMLElement[]): void {
    const kept = new Set<Element>(wanted);
    const focused = document.activeElement;
    for (const child of [...this.#list.children]) {
      if (kept.has(child)) continue;
      // The focus stays in the list, so that its keys go on working.
      if (child.contains(focused)) this.root.focus({ preventScroll: true });
      child.remove();
    }
    let here = this.#list.firstElementChild;
    for (const node of wanted) {
      if (here === node) here = here.nextElementSibling;
      else this.#list.insertBefore(node, here);
    }
    this.#rows.releaseOthers(kept);
  }
}

// The top of a message changes when messages of the same author arrive above it: it then has no name of its own.
function bottomOf(item: HTMLElement): number {
  return item.offsetTop + item.offsetHeight;
}
