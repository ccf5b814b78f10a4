import { element, setData, setText } from '../../page/element';
import type { Message, Pending } from '../model/message';
import type { Room } from './room';

const groupedWithinMilliseconds = 5 * 60_000;
const nearEndPixels = 48;
const nearStartPixels = 200;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' });

/** The messages of a room. It stays at its end while it is there, and where it was when older ones are put before. */
export class MessageList {
  readonly root = element('div', { 'class': 'messages', 'tabindex': 0, 'role': 'log', 'aria-label': 'Messages' });
  readonly #room: Room;
  readonly #nodes = new Map<string, { node: HTMLElement; foot: HTMLElement }>();
  readonly #list = element('div', { class: 'message-list' });
  readonly #start = element('p', { class: 'muted start-of-room' });
  #first: number | undefined;

  constructor(room: Room) {
    this.#room = room;
    this.root.append(this.#start, this.#list);
    this.root.addEventListener('scroll', () => {
      if (this.root.scrollTop < nearStartPixels) void room.loadOlder();
      this.markRead();
    });
  }

  get isAtEnd(): boolean {
    return this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < nearEndPixels;
  }

  /** Tells the server once the end is in sight of somebody. */
  markRead(): void {
    if (this.isAtEnd && document.visibilityState === 'visible') this.#room.markRead();
  }

  scrollToEnd(): void {
    this.root.scrollTop = this.root.scrollHeight;
  }

  paint(): void {
    const { thread, outbox } = this.#room;
    const wasAtEnd = this.isAtEnd;
    const before = this.root.scrollHeight;
    const hasOlderNow = this.#first !== undefined && thread.firstId !== undefined && thread.firstId < this.#first;
    this.#first = thread.firstId;
    setText(this.#start, thread.hasOlder ? 'Loading older messages…' : 'This is the beginning of the room.');
    this.#start.hidden = thread.messages.length === 0;

    const wanted: HTMLElement[] = [];
    let previous: Message | undefined;
    for (const message of thread.messages) {
      if (!previous || day.format(previous.time) !== day.format(message.time)) wanted.push(this.#dayNode(message.time));
      wanted.push(this.#messageNode(message, previous));
      previous = message;
    }
    for (const pending of outbox.pending) wanted.push(this.#pendingNode(pending));
    this.#place(wanted);

    if (wasAtEnd) this.scrollToEnd();
    else if (hasOlderNow) this.root.scrollTop += this.root.scrollHeight - before;
    this.markRead();
  }

  #place(wanted: HTMLElement[]): void {
    const kept = new Set<Element>(wanted);
    for (const child of [...this.#list.children]) if (!kept.has(child)) child.remove();
    for (const [index, node] of wanted.entries()) {
      const here = this.#list.children[index] ?? null;
      if (here !== node) this.#list.insertBefore(node, here);
    }
  }

  #dayNode(time: number): HTMLElement {
    const text = day.format(time);
    return this.#node(`day ${text}`, () => element('p', { class: 'day muted' }, text)).node;
  }

  #messageNode(message: Message, previous: Message | undefined): HTMLElement {
    const { me, reads } = this.#room;
    const made = this.#node(message.clientId, () => this.#bubble(message.name, message.text));
    const isMine = message.user === me.user && me.user !== '';
    const isGrouped = previous?.user === message.user && message.time - previous.time < groupedWithinMilliseconds
      && day.format(previous.time) === day.format(message.time);
    setData(made.node, 'mine', isMine ? 'yes' : '');
    setData(made.node, 'grouped', isGrouped ? 'yes' : '');
    setData(made.node, 'state', 'sent');
    setData(made.node, 'id', String(message.id));
    const readers = isMine ? reads.readersOf(message.id, me.user) : [];
    const read = readers.length === 0 ? '' : readers.length <= 2 ? ` · read by ${readers.join(' and ')}` : ` · read by ${readers.length}`;
    setText(made.foot, `${clock.format(message.time)}${read}`);
    return made.node;
  }

  #pendingNode(pending: Pending): HTMLElement {
    const made = this.#node(pending.clientId, () => this.#bubble(this.#room.me.name, pending.text));
    setData(made.node, 'mine', 'yes');
    setData(made.node, 'state', pending.problem === undefined ? 'waiting' : 'refused');
    if (pending.problem === undefined) {
      setText(made.foot, 'waiting to be sent');
    } else if (made.foot.childElementCount === 0) {
      const discard = element(
        'button',
        { type: 'button', class: 'button plain', click: () => this.#room.outbox.discard(pending.clientId) },
        'Discard',
      );
      made.foot.replaceChildren(`Not sent: ${pending.problem} `, discard);
    }
    return made.node;
  }

  #bubble(name: string, text: string): HTMLElement {
    return element(
      'article',
      { class: 'message' },
      element('h3', {}, name),
      element('p', { class: 'text' }, text),
      element('footer', { class: 'muted' }),
    );
  }

  #node(key: string, make: () => HTMLElement): { node: HTMLElement; foot: HTMLElement } {
    const known = this.#nodes.get(key);
    if (known) return known;
    const node = make();
    const made = { node, foot: node.querySelector('footer') ?? node };
    this.#nodes.set(key, made);
    return made;
  }
}
