import type { Message, Pending } from '../../conversation/message';
import { element } from '../../page/element';
import { type Content, type ItemActions, MessageItem, type Readers } from './messageItem';
import type { Room } from './room';

const groupedWithinMilliseconds = 5 * 60_000;

/** What a row does for its message, which `key` identifies. */
export interface RowActions {
  /** Returns a rejected message to the field. */
  editPending(pending: Pending): void;
  /** Opens the menu of a message beside a button. */
  openMenu(key: string, button: HTMLElement): void;
  react(key: string, emoji: string, on: boolean): void;
  openQuote(id: number): void;
}

/** The rows of the list: messages, the days between them, and the line above the unread ones. */
export class MessageRows {
  readonly line = element('p', { class: 'unread-line' }, element('span', {}, 'New messages'));
  readonly #room: Room;
  readonly #actions: RowActions;
  readonly #items = new Map<string, MessageItem>();
  readonly #days = new Map<string, HTMLElement>();

  constructor(room: Room, actions: RowActions) {
    this.#room = room;
    this.#actions = actions;
  }

  /** Returns the item of a message that has a row. */
  itemOf(message: Message): MessageItem | undefined {
    return this.#items.get(keyOf(message));
  }

  itemAt(root: Element | null): MessageItem | undefined {
    return [...this.#items.values()].find((item) => item.root === root);
  }

  /** Returns the message of an item that was sent. */
  find(key: string): Message | undefined {
    return this.#room.thread.messages.find((message) => keyOf(message) === key);
  }

  /** Returns the rows of some of the messages. `all` are those from which readers and the unread line derive. */
  of(shown: readonly Message[], all: readonly Message[]): HTMLElement[] {
    const { me, reads, unreadLine, names } = this.#room;
    const isMine = (message: Message) => message.user === me.user && me.user !== '';
    const readBy = reads.lastReadBy(all.filter(isMine), me.user);
    const lineAbove = unreadLine.above(all, me.user);
    const readers = { me, names: names.all };
    const entries = shown.map((message) => ({ message, item: this.#item(message, readers) }));
    // Whether an entry belongs to the same group as the previous one.
    const goesOn = (index: number) => {
      const [before, entry] = [entries[index - 1], entries[index]];
      return before !== undefined && entry !== undefined && lineAbove !== entry.message.id
        && before.item.day === entry.item.day && belong(before.message, entry.message);
    };
    const nodes: HTMLElement[] = [];
    for (const [index, { message, item }] of entries.entries()) {
      if (entries[index - 1]?.item.day !== item.day) nodes.push(this.#day(item.day));
      if (lineAbove === message.id) nodes.push(this.line);
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

  /** Returns the rows of the messages that wait in the outbox. */
  waiting(): HTMLElement[] {
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

  /** Releases the items that are no longer on the page. */
  releaseOthers(nodes: ReadonlySet<Element>): void {
    for (const [key, { root }] of this.#items) if (!nodes.has(root)) this.#items.delete(key);
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

  #day(text: string): HTMLElement {
    const known = this.#days.get(text) ?? element('p', { class: 'day muted' }, text);
    this.#days.set(text, known);
    return known;
  }

  // A message keeps its node from pending to read. Client ids are unique per user.
  #item(message: Content & { clientId: string }, readers: Readers): MessageItem {
    const key = keyOf(message);
    const known = this.#items.get(key) ?? new MessageItem(message, this.#actionsOf(key));
    this.#items.set(key, known);
    known.setContent({ ...message, name: this.#room.names.of(message.user, message.name) }, readers);
    return known;
  }

  #actionsOf(key: string): ItemActions {
    return {
      openMenu: (button) => this.#actions.openMenu(key, button),
      react: (emoji, on) => this.#actions.react(key, emoji, on),
      openQuote: (id) => this.#actions.openQuote(id),
    };
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
