import '../conversation/composer.css';
import './support.css';
import type { Connection } from '../connection/connection';
import { Composer } from '../conversation/composer';
import type { Pending } from '../conversation/message';
import type { Outbox } from '../conversation/outbox';
import { Announcer } from '../page/announcer';
import { element, setText } from '../page/element';
import { painter } from '../page/painter';
import { forget, remember, remembered } from '../page/settings';
import { toast } from '../page/toasts';
import { caseOutbox, newCase } from './caseOutbox';
import { MessageLines } from './messageLines';
import { Conversation } from './model/conversation';
import { contextWords, type DeskState, deskWords, newer, shownCase, spanWords, type SupportCase } from './model/supportCase';
import { ratingForm } from './ratingForm';

const tickMilliseconds = 1000;
const consent = 'support-consent';

/** The visitor's side of the helpdesk: the current conversation, or the form of a question. */
export class VisitorView {
  readonly root: HTMLElement;
  readonly composer: Composer;
  readonly #connection: Connection;
  readonly #cases = new Map<string, SupportCase>();
  readonly #outbox: Outbox;
  readonly #desk = element('p', { class: 'desk-words muted', role: 'status' });
  readonly #state = element('p', { class: 'case-state' });
  readonly #lines: MessageLines;
  readonly #typing = element('p', { class: 'typing-line muted' });
  readonly #spoken = element('p', { 'class': 'unseen', 'role': 'status', 'aria-live': 'polite' });
  readonly #announcer = new Announcer((count) => `${count} new messages`, (text) => setText(this.#spoken, text));
  readonly #consent = element('input', { type: 'checkbox' });
  readonly #context = element('span');
  readonly #contextRow: HTMLElement;
  readonly #close: HTMLButtonElement;
  readonly #ask: HTMLButtonElement;
  readonly #rating: ReturnType<typeof ratingForm>;
  readonly #intro = element(
    'p',
    { class: 'notice' },
    'The conversation stays with you: after a reload, in every tab, and in the help panel of every page. '
    + 'What you write offline is sent when the connection is back.',
  );

  readonly #changed: () => void;
  #deskState: DeskState | undefined;
  #conversation: Conversation | undefined;
  #chosen: string | undefined;
  #isAsking = false;
  #isLoaded = false;
  #isVisible = true;

  /** `changed` is called when the number of unread messages may have changed. */
  constructor(connection: Connection, changed: () => void = () => undefined) {
    this.#connection = connection;
    this.#changed = changed;
    this.#outbox = caseOutbox(connection, {
      context: () => this.#consent.checked ? this.#contextOf() : undefined,
      opened: (opened) => this.#opened(opened),
      delivered: (message) => {
        if (this.#conversation?.id === message.room) this.#conversation.take(message);
      },
      changed: () => this.#mark(),
    });
    this.#lines = new MessageLines((pending) => this.#restore(pending));
    this.composer = new Composer('', {
      send: (text) => this.#send(text),
      typed: (text) => this.#conversation?.wrote(text),
      left: () => this.#lines.root.focus(),
      cancelled: () => undefined,
      editLast: () => undefined,
      names: () => [],
    });
    this.#consent.checked = remembered(consent) !== undefined;
    this.#consent.addEventListener('change', () => {
      if (this.#consent.checked) remember(consent, 'yes');
      else forget(consent);
      this.#report();
    });
    this.#contextRow = element('label', { class: 'consent' }, this.#consent, element('span', {}, 'Show the agents: ', this.#context));
    this.#close = element('button', { type: 'button', class: 'button', click: () => void this.#call('case.close') }, 'Close conversation');
    this.#ask = element('button', { type: 'button', class: 'button', click: () => this.#askAgain() }, 'New question');
    this.#rating = ratingForm((rating) => void this.#call('case.rate', { rating }));
    this.root = element(
      'section',
      { 'class': 'support-conversation', 'aria-label': 'Conversation with the helpdesk' },
      element('header', { class: 'case-head' }, this.#state, this.#ask, this.#close),
      this.#desk,
      this.#intro,
      this.#lines.root,
      this.#rating.root,
      this.#typing,
      this.#contextRow,
      this.composer.root,
      this.#spoken,
    );
    connection.onChange(() => this.#mark());
    connection.client.on('connected', () => this.#follow());
    this.#follow();
    setInterval(() => {
      this.#report();
      if (!this.#isVisible) return;
      this.#conversation?.sign();
      this.#mark();
    }, tickMilliseconds);
    document.addEventListener('visibilitychange', () => this.#mark());
    this.#mark();
  }

  /** The number of messages that the visitor has not read. */
  get unread(): number {
    const { me } = this.#connection;
    const conversation = this.#conversation;
    if (conversation?.case === undefined) return 0;
    const read = Math.max(conversation.reads.of(me.user), this.#lastOwn());
    return Math.max(0, conversation.thread.lastId - read);
  }

  /** Whether the view is on the screen: messages then count as read. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    this.#mark();
  }

  #lastOwn(): number {
    return this.#conversation?.thread.messages.findLast(({ user }) => user === this.#connection.me.user)?.id ?? 0;
  }

  // The user is known after the first connect; both channels carry their state in the reply.
  #follow(): void {
    const { client, me } = this.#connection;
    if (me.user === '' || client.getSubscription(`cases:${me.user}`)) return;
    const cases = client.newSubscription(`cases:${me.user}`);
    cases.on('subscribed', ({ data }) => {
      this.#cases.clear();
      for (const found of (data as { cases: SupportCase[] }).cases) this.#cases.set(found.case, found);
      this.#isLoaded = true;
      this.#show();
    });
    cases.on('publication', ({ data }) => {
      const arrived = data as SupportCase;
      this.#cases.set(arrived.case, newer(this.#cases.get(arrived.case), arrived));
      this.#show();
    });
    const desk = client.newSubscription('desk:state');
    const take = ({ data }: { data?: unknown }) => {
      this.#deskState = data as DeskState;
      this.#mark();
    };
    desk.on('subscribed', take);
    desk.on('publication', take);
    cases.subscribe();
    desk.subscribe();
  }

  #opened(opened: SupportCase): void {
    remember('support-asked', 'yes');
    this.#cases.set(opened.case, newer(this.#cases.get(opened.case), opened));
    this.#chosen = opened.case;
    this.#isAsking = false;
    this.#show();
  }

  #show(): void {
    const shown = this.#isAsking ? undefined : shownCase(this.#cases.values(), this.#chosen);
    if (shown?.case !== this.#conversation?.id) {
      this.#conversation?.leave();
      this.#conversation = shown && new Conversation(shown.case, this.#connection, this.#outbox, {
        changed: () => this.#mark(),
        arrived: ({ name, text }) => this.#announcer.say(`${name}: ${text}`),
        missed: (words) => toast(words, { subject: 'support-missed' }),
        denied: () => undefined,
      }, false);
    }
    this.#mark();
  }

  #askAgain(): void {
    this.#isAsking = !this.#isAsking;
    this.#chosen = undefined;
    this.#show();
    this.composer.focus();
  }

  #send(text: string): boolean {
    const room = this.#conversation?.id ?? newCase;
    if (this.#outbox.put(room, text)) {
      this.#conversation?.wrote('');
      return true;
    }
    toast('Too many messages are waiting to be sent. This one stays in the field.', { kind: 'bad', subject: 'support' });
    return false;
  }

  #restore(pending: Pending): void {
    this.#outbox.discard(pending.clientId);
    this.composer.write(pending.text);
    this.composer.focus();
  }

  async #call(method: string, more: object = {}): Promise<void> {
    try {
      await this.#connection.client.rpc(method, { case: this.#conversation?.id, ...more });
    } catch (error) {
      toast((error as Error).message, { kind: 'bad', subject: 'support' });
    }
  }

  // Agents see it beside the case as long as this page is open.
  #report(): void {
    const isAgreed = this.#consent.checked;
    this.#conversation?.report(isAgreed ? { page: location.pathname, context: this.#contextOf() } : undefined);
  }

  #contextOf(): string {
    const { roundTrip, reconnects } = this.#connection;
    return contextWords(navigator.userAgent, roundTrip, reconnects);
  }

  #mark(): void {
    painter.mark(this.#paint, false);
  }

  readonly #paint = (): void => {
    const conversation = this.#conversation;
    const shown = conversation?.case ?? (conversation && this.#cases.get(conversation.id));
    const { me, state } = this.#connection;
    const waiting = [...this.#outbox.of(newCase), ...this.#outbox.of(conversation?.id ?? '')];
    const isNew = conversation === undefined;
    if (this.#isVisible && document.visibilityState === 'visible') conversation?.markRead();
    this.#lines.paint(conversation, waiting, me.user);
    setText(this.#desk, deskWords(this.#deskState));
    setText(this.#state, this.#stateWords(shown));
    setText(this.#typing, conversation?.typingWords ?? '');
    setText(this.#context, this.#contextOf());
    this.#contextRow.hidden = shown?.state === 'closed';
    this.#close.hidden = shown === undefined || shown.state === 'closed';
    this.#close.disabled = state !== 'connected';
    this.#ask.hidden = isNew ? !this.#isAsking || this.#cases.size === 0 : shown?.state !== 'closed';
    setText(this.#ask, isNew ? 'Back' : 'New question');
    this.#rating.paint(shown?.state === 'closed' && shown.agentName !== undefined, shown?.rating, state === 'connected');
    this.#intro.hidden = !isNew || waiting.length > 0 || !this.#isLoaded;
    this.#lines.root.hidden = !this.#intro.hidden;
    this.composer.setOpen(this.#isLoaded || state !== 'connecting', isNew ? 'Ask your question' : 'Write a message');
    this.composer.setLabel(state === 'connected' ? isNew ? 'Ask' : 'Send' : 'Send later');
    this.#changed();
  };

  #stateWords(shown: SupportCase | undefined): string {
    if (shown === undefined) return this.#isLoaded ? 'What can we help you with?' : 'Opening the helpdesk…';
    if (shown.state === 'closed') return 'This conversation is closed. A further message opens it again.';
    if (shown.state === 'taken') return `${shown.agentName} helps you.`;
    return `Your question has waited for ${spanWords(Date.now() - shown.since)}.`;
  }
}
