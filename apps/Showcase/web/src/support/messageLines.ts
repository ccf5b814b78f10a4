import { avatar } from '../conversation/avatar';
import type { Message, Pending } from '../conversation/message';
import { richText } from '../conversation/richText';
import { element, setText } from '../page/element';
import { place } from '../page/place';
import { toast } from '../page/toasts';
import type { Conversation } from './model/conversation';
import { deskUser } from './model/supportCase';

interface Row {
  root: HTMLElement;
  foot: HTMLElement;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const atEndPixels = 40;

/** The messages of a conversation, with its notes between them, and those that wait to be sent below. */
export class MessageLines {
  readonly list = element('ol', { class: 'case-messages' });
  readonly root: HTMLElement;
  readonly #rows = new Map<string, Row>();
  readonly #discard: (pending: Pending) => void;
  readonly #older: HTMLButtonElement;
  #conversation: Conversation | undefined;

  constructor(discard: (pending: Pending) => void) {
    this.#discard = discard;
    this.#older = element('button', { type: 'button', class: 'button older', click: () => void this.#loadOlder() }, 'Earlier messages');
    this.root = element(
      'div',
      { 'class': 'case-scroll', 'tabindex': 0, 'role': 'log', 'aria-label': 'Conversation' },
      this.#older,
      this.list,
    );
  }

  paint(conversation: Conversation | undefined, waiting: readonly Pending[], me: string): void {
    const wasAtEnd = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < atEndPixels;
    const messages = conversation?.thread.messages ?? [];
    this.#conversation = conversation;
    this.#older.hidden = conversation?.hasOlder !== true;
    const notes = new Set(conversation?.notes.messages);
    const own = messages.filter(({ user }) => user === me);
    const readBy = conversation?.reads.lastReadBy(own, me);
    const sent = [...messages, ...notes].sort((left, right) => left.time - right.time || left.id - right.id);
    const nodes = sent.map((message) => {
      const kind = notes.has(message) ? 'note' : message.user === deskUser ? 'desk' : message.user === me ? 'mine' : 'other';
      const row = this.#row(`${message.room}.${message.id}`, kind, message);
      const readers = kind === 'mine' ? readBy?.get(message.id)?.map(({ name }) => name).join(', ') : undefined;
      const state = readers ? ` · read by ${readers}` : kind === 'mine' && message === own.at(-1) ? ' · delivered' : '';
      const isReport = message.user === conversation?.case?.user;
      const note = kind !== 'note' ? '' : isReport ? ' · reported by the visitor’s page' : ' · note, only agents see it';
      setText(row.foot, `${clock.format(message.time)}${note}${state}`);
      return row.root;
    });
    nodes.push(...waiting.map((pending) => this.#waiting(pending)));
    this.#replace(nodes);
    if (wasAtEnd) this.root.scrollTop = this.root.scrollHeight;
  }

  async #loadOlder(): Promise<void> {
    const before = this.root.scrollHeight - this.root.scrollTop;
    this.#older.disabled = true;
    try {
      await this.#conversation?.loadOlder();
      // The messages in sight stay where they are.
      requestAnimationFrame(() => {
        this.root.scrollTop = this.root.scrollHeight - before;
      });
    } catch (error) {
      toast((error as Error).message, { kind: 'bad', subject: 'support' });
    } finally {
      this.#older.disabled = false;
    }
  }

  #replace(nodes: readonly HTMLElement[]): void {
    const shown = new Set(nodes);
    for (const [key, { root }] of this.#rows) if (!shown.has(root)) this.#rows.delete(key);
    place(this.list, nodes);
  }

  #row(key: string, kind: string, { user, name, text }: Pick<Message, 'user' | 'name' | 'text'>): Row {
    const known = this.#rows.get(key);
    if (known) return known;
    const foot = element('span', { class: 'foot muted' });
    const isUnsigned = kind === 'mine' || (kind === 'desk' && name === 'Helpdesk');
    const root = element(
      'li',
      { 'class': 'case-message', 'data-kind': kind },
      ...(isUnsigned ? [] : [element('span', { class: 'who' }, avatar(user, name), element('bdi', {}, name))]),
      element('div', { class: 'text', dir: 'auto' }, ...richText(text, [], '')),
      foot,
    );
    const row = { root, foot };
    this.#rows.set(key, row);
    return row;
  }

  #waiting(pending: Pending): HTMLElement {
    const { root, foot } = this.#row(`pending.${pending.clientId}`, 'mine', { user: '', name: '', text: pending.text });
    root.dataset.state = pending.problem === undefined ? 'waiting' : 'refused';
    if (pending.problem === undefined) setText(foot, 'waiting to be sent');
    else if (foot.childElementCount === 0) {
      const button = element('button', { type: 'button', class: 'link', click: () => this.#discard(pending) }, 'Edit');
      foot.replaceChildren(`not sent: ${pending.problem} `, button);
    }
    return root;
  }
}
