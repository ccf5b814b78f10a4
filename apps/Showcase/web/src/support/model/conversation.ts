import type { Subscription } from 'centrifuge';
import type { Connection } from '../../connection/connection';
import { type Kind, missedWords, reportMissed } from '../../connection/missed';
import type { Message } from '../../conversation/message';
import type { Outbox } from '../../conversation/outbox';
import { People } from '../../conversation/people';
import { followPeople } from '../../conversation/presence';
import { Reads } from '../../conversation/reads';
import { Thread } from '../../conversation/thread';
import { Typing, typingWords } from '../../conversation/typing';
import { TypingChannel } from '../../conversation/typingChannel';
import { type Report, Reports } from './reports';
import { type CaseData, type CaseEvent, newer, type SupportCase } from './supportCase';

const newMessage: Kind = ['new message', 'new messages'];
const newNote: Kind = ['new note', 'new notes'];
const denied = 103;

export interface ConversationListener {
  changed(): void;
  /** Called for a new message of another person. */
  arrived(message: Message): void;
  /** Called after a reconnect with a sentence about what was missed. */
  missed(words: string): void;
  /** Called when the server refuses the case, because the seat at the desk is lost. */
  denied(): void;
}

/** One case on the page, kept up to date by its channels. */
export class Conversation {
  readonly id: string;
  readonly thread = new Thread();
  readonly notes = new Thread();
  readonly people = new People();
  readonly reads = new Reads();
  readonly typing = new Typing();
  readonly reports: Reports;
  readonly outbox: Outbox;
  case: SupportCase | undefined;

  readonly #connection: Connection;
  readonly #listener: ConversationListener;
  readonly #subscriptions: Subscription[] = [];
  readonly #typing: TypingChannel;
  #marked = 0;

  constructor(id: string, connection: Connection, outbox: Outbox, listener: ConversationListener, isAgent: boolean) {
    this.id = id;
    this.#connection = connection;
    this.outbox = outbox;
    this.#listener = listener;
    const changed = () => listener.changed();
    this.#typing = new TypingChannel(connection, `support-typing:${id}`, this.typing, this.people, changed);
    this.#followCase();
    this.#watch(this.#typing.subscription);
    this.reports = new Reports(connection, id, changed);
    if (isAgent) {
      this.#followNotes();
      this.reports.follow();
    }
    for (const subscription of this.#subscriptions) subscription.subscribe();
  }

  /** Whether everything that was missed has arrived: all channels are subscribed, and have recovered. */
  get isCurrent(): boolean {
    return this.case !== undefined && this.#subscriptions.every(({ state }) => state === 'subscribed');
  }

  /** Returns who is typing; without a connection that is unknown. */
  get typingWords(): string {
    return this.isCurrent ? typingWords(this.typing.people(Date.now()).map(({ name }) => name)) : '';
  }

  leave(): void {
    this.reports.leave();
    for (const subscription of this.#subscriptions) this.#connection.end(subscription);
  }

  /** Subscribes again after the seat at the desk was restored. */
  resume(): void {
    this.reports.follow();
    for (const subscription of this.#subscriptions) subscription.subscribe();
  }

  /** Whether there are messages before the first loaded one. Ids count from 1. */
  get hasOlder(): boolean {
    return this.thread.hasOlder && (this.thread.firstId ?? 1) > 1;
  }

  /** Loads the messages before the first loaded one. */
  async loadOlder(): Promise<void> {
    const { data } = await this.#connection.client.rpc('case.page', { case: this.id, before: this.thread.firstId });
    const page = data as { messages: Message[]; more: boolean };
    this.thread.hasOlder = page.more;
    this.thread.add(page.messages);
    this.#listener.changed();
  }

  /** Called on every input in the field. */
  wrote(text: string): void {
    this.#typing.wrote(text);
  }

  /** Publishes a typing indicator when one is due. */
  sign(): void {
    this.#typing.sign();
  }

  /** Publishes what the visitor’s page reports to the agents of an open case; undefined without the consent. */
  report(report: Report | undefined): void {
    if (report && this.case && this.case.state !== 'closed') this.reports.publish(report, Date.now());
    else this.reports.withdraw();
  }

  /** Marks every loaded message as read. */
  markRead(): void {
    const id = this.thread.lastId;
    const before = this.#marked;
    if (!this.isCurrent || id <= Math.max(before, this.reads.of(this.#connection.me.user))) return;
    this.#marked = id;
    this.#connection.client.rpc('case.read', { case: this.id, id }).catch(() => {
      if (this.#marked === id) this.#marked = before;
    });
  }

  /** Adds a message from any source. */
  take(message: Message): void {
    const isNew = this.thread.add([message]).length > 0;
    this.outbox.settle(message.clientId);
    if (message.user === this.#connection.me.user) this.typing.sent();
    else this.typing.stopped(message.user);
    this.#listener.changed();
    if (isNew && message.user !== this.#connection.me.user) this.#listener.arrived(message);
  }

  /** Adds a note from any source. */
  takeNote(note: Message): void {
    this.notes.add([note]);
    this.outbox.settle(note.clientId);
    this.#listener.changed();
  }

  #followCase(): void {
    const subscription = this.#connection.client.newSubscription(`case:${this.id}`, {
      recoverable: true,
      positioned: true,
      joinLeave: true,
      // What the hub cannot recover is in the reply, from the server's disk.
      getData: () => Promise.resolve(this.thread.lastId > 0 ? { have: this.thread.lastId } : {}),
    });
    this.#connection.countRecovered(subscription);
    reportMissed(this.#connection, subscription, (data) => {
      const event = data as CaseEvent;
      return event.type === 'message' && event.message.user !== this.#connection.me.user ? newMessage : undefined;
    }, (words) => this.#listener.missed(words));
    subscription.on('subscribed', ({ data, recovered }) => this.#restart(data as CaseData, recovered));
    subscription.on('publication', ({ data }) => this.#takeEvent(data as CaseEvent));
    const changed = () => this.#listener.changed();
    followPeople(subscription, this.people, { loaded: changed, moved: changed });
    this.#watch(subscription);
  }

  #followNotes(): void {
    const subscription = this.#connection.client.newSubscription(`notes:${this.id}`, { recoverable: true, positioned: true });
    this.#connection.countRecovered(subscription);
    reportMissed(this.#connection, subscription, () => newNote, (words) => this.#listener.missed(words));
    subscription.on('subscribed', ({ data, recovered }) => {
      const { notes } = data as { notes: Message[] };
      if (recovered) this.notes.add(notes);
      else this.notes.restart(notes);
      this.#listener.changed();
    });
    subscription.on('publication', ({ data }) => this.takeNote(data as Message));
    this.#watch(subscription);
  }

  #watch(subscription: Subscription): void {
    subscription.on('unsubscribed', ({ code }) => {
      if (code === denied) this.#listener.denied();
      this.#listener.changed();
    });
    subscription.on('subscribing', () => this.#listener.changed());
    this.#subscriptions.push(subscription);
  }

  #restart(data: CaseData, isRecovered: boolean): void {
    this.case = isRecovered ? newer(this.case, data.case) : data.case;
    if (isRecovered) {
      for (const marker of data.reads) this.reads.move(marker);
      this.thread.add(data.messages);
    } else {
      this.#marked = 0;
      this.reads.restart(data.reads);
      const last = this.thread.lastId;
      const missed = data.messages.filter(({ id, user }) => id > last && user !== this.#connection.me.user).length;
      if (this.thread.restart(data.messages) && missed > 0) {
        this.#listener.missed(missedWords(this.#connection.awayMilliseconds, new Map([[newMessage, missed]])));
      }
    }
    for (const message of data.messages) this.outbox.settle(message.clientId);
    this.#listener.changed();
  }

  #takeEvent(event: CaseEvent): void {
    switch (event.type) {
      case 'message':
        this.take(event.message);
        return;
      case 'case':
        this.case = newer(this.case, event.case);
        break;
      case 'read':
        this.reads.move(event);
        break;
    }
    this.#listener.changed();
  }
}
