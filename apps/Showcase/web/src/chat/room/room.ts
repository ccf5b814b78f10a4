import type { Subscription } from 'centrifuge';
import type { Connection } from '../../connection/connection';
import { type Kind, reportMissed } from '../../connection/missed';
import type { Message, ReadMarker } from '../../conversation/message';
import type { Muted } from '../../conversation/muted';
import { Names } from '../../conversation/names';
import type { Outbox } from '../../conversation/outbox';
import { type Move, People } from '../../conversation/people';
import { followPeople } from '../../conversation/presence';
import { Reads } from '../../conversation/reads';
import { Thread } from '../../conversation/thread';
import { Typing } from '../../conversation/typing';
import { TypingChannel } from '../../conversation/typingChannel';
import { UnreadLine } from '../../conversation/unreadLine';

type RoomEvent
  = { type: 'message'; message: Message }
    | { type: 'changed'; message: Message }
    | ({ type: 'read' } & ReadMarker);

interface RoomState {
  messages: Message[];
  reads: ReadMarker[];
}

export interface Me {
  user: string;
  name: string;
}

/** Receives the events of a room. */
export interface RoomListener {
  changed(): void;
  /** Called for a new message of another user. */
  arrived(message: Message): void;
  moved(move: Move): void;
  /** Called after a reconnect with a sentence about what was missed. */
  missed(words: string): void;
}

const newMessage: Kind = ['new message', 'new messages'];
const historyPage = 50;
const longestPage = 100;
// The server retains 5,000 messages of a room.
const furthestPages = 50;
const noSuchRoom = 404;
const unsubscribedByPage = 0;

/** The state of one room, kept up to date by its two channels. */
export class Room {
  readonly name: string;
  readonly me: Me;
  readonly thread = new Thread();
  readonly people = new People();
  readonly names = new Names();
  readonly typing = new Typing();
  readonly reads = new Reads();
  readonly unreadLine = new UnreadLine();
  readonly outbox: Outbox;
  readonly muted: Muted;
  isLoaded = false;
  problem = '';
  /** The state of the request for older messages. */
  older: 'idle' | 'loading' | 'failed' = 'idle';

  readonly #connection: Connection;
  readonly #listener: RoomListener;
  readonly #subscriptions: Subscription[] = [];
  readonly #typing: TypingChannel;
  readonly #firstSeen: number;
  #page: Promise<void> | undefined;
  #marked = 0;

  constructor(
    name: string,
    me: Me,
    connection: Connection,
    outbox: Outbox,
    muted: Muted,
    firstSeen: number,
    listener: RoomListener,
  ) {
    this.name = name;
    this.me = me;
    this.outbox = outbox;
    this.muted = muted;
    this.#firstSeen = firstSeen;
    this.#connection = connection;
    this.#listener = listener;
    this.#typing = new TypingChannel(connection, `typing:${name}`, this.typing, this.people, (user, shown) => {
      this.names.saw(user, shown);
      listener.changed();
    });
    this.#subscribe();
  }

  leave(): void {
    for (const subscription of this.#subscriptions) this.#connection.end(subscription);
  }

  /** The id up to which this user has read. */
  get read(): number {
    return this.#markedOrRead || this.#firstSeen;
  }

  get #markedOrRead(): number {
    return Math.max(this.#marked, this.reads.of(this.me.user));
  }

  /** Called on every input in the message field. */
  wrote(text: string): void {
    this.#typing.wrote(text);
  }

  /** Publishes a typing indicator when one is due. */
  sign(): void {
    this.#typing.sign();
  }

  /** Loads the messages before the first loaded one. A call while a page is on its way waits for that page. */
  loadOlder(limit = historyPage): Promise<void> {
    this.#page ??= this.#loadPage(limit).finally(() => {
      this.#page = undefined;
    });
    return this.#page;
  }

  /** Loads older messages until the one with an id is loaded. Returns false when it is too far back or has gone. */
  async loadUntil(id: number, pages = furthestPages): Promise<boolean> {
    for (let page = 0; page < pages && this.thread.hasOlder && (this.thread.firstId ?? 0) > id; page++) {
      await this.loadOlder(longestPage);
      if (this.older === 'failed') return false;
    }
    return this.thread.find(id) !== undefined;
  }

  edit(id: number, text: string): Promise<void> {
    return this.#change('chat.edit', { id, text });
  }

  remove(id: number): Promise<void> {
    return this.#change('chat.delete', { id });
  }

  react(id: number, emoji: string, on: boolean): Promise<void> {
    return this.#change('chat.react', { id, emoji, on });
  }

  async search(text: string): Promise<Message[]> {
    const { data } = await this.#connection.client.rpc('chat.search', { room: this.name, text });
    return (data as { messages: Message[] }).messages;
  }

  /** Subscribes again, so that others see the new name in presence. */
  rejoin(): void {
    const [room] = this.#subscriptions;
    room?.unsubscribe();
    room?.subscribe();
  }

  /** Marks every loaded message as read. */
  markRead(): void {
    const id = this.thread.lastId;
    if (this.me.user === '' || !this.isLoaded || id <= this.#markedOrRead) return;
    const before = this.#marked;
    this.#marked = id;
    this.#connection.client.rpc('chat.read', { room: this.name, id }).catch(() => {
      if (this.#marked === id) this.#marked = before;
    });
  }

  /** Adds a message from any source. */
  take(message: Message): void {
    const isNew = this.thread.add([message]).length > 0;
    this.names.saw(message.user, message.name);
    this.outbox.settle(message.clientId);
    if (message.user === this.me.user) this.typing.sent();
    else this.typing.stopped(message.user);
    this.#connection.stamped(message.time);
    this.#listener.changed();
    if (isNew && message.user !== this.me.user && !this.muted.has(message.user)) this.#listener.arrived(message);
  }

  #subscribe(): void {
    const options = { recoverable: true, positioned: true, joinLeave: true };
    const room = this.#connection.client.newSubscription(`chat:${this.name}`, options);
    this.#connection.countRecovered(room);
    reportMissed(this.#connection, room, (data) => {
      const event = data as RoomEvent;
      return event.type === 'message' && event.message.user !== this.me.user ? newMessage : undefined;
    }, (words) => this.#listener.missed(words));
    room.on('subscribed', ({ data, recovered }) => this.#restart(data as RoomState, recovered));
    room.on('subscribing', () => {
      if (this.isLoaded) this.unreadLine.leave(this.read);
    });
    room.on('unsubscribed', ({ code, reason }) => {
      if (code === unsubscribedByPage) return;
      this.problem = code === noSuchRoom ? `There is no room “${this.name}”.` : `This room is closed: ${reason}.`;
      this.#listener.changed();
    });
    room.on('publication', ({ data }) => this.#takeEvent(data as RoomEvent));
    followPeople(room, this.people, {
      loaded: () => {
        for (const { user, name } of this.people.present) this.names.saw(user, name);
        this.#listener.changed();
      },
      moved: (move) => this.#moved(move),
    });
    this.#subscriptions.push(room, this.#typing.subscription);
    for (const subscription of this.#subscriptions) subscription.subscribe();
  }

  #restart(state: RoomState, isRecovered: boolean): void {
    // Recovered messages follow as publications and fill a possible gap before the latest messages.
    if (isRecovered) {
      for (const marker of state.reads) this.reads.move(marker);
      this.thread.add(state.messages);
    } else {
      this.#marked = 0;
      this.reads.restart(state.reads);
      if (!this.thread.restart(state.messages)) this.#placeUnreadLine();
    }
    for (const message of state.messages) {
      this.names.saw(message.user, message.name);
      this.outbox.settle(message.clientId);
    }
    const isWhole = this.thread.messages.length === state.messages.length && state.messages.length < historyPage;
    if (isWhole) this.thread.hasOlder = false;
    this.isLoaded = true;
    this.older = 'idle';
    this.#listener.changed();
  }

  // In an empty room there is nothing below which new messages begin.
  #placeUnreadLine(): void {
    if (this.thread.messages.length === 0) this.unreadLine.clear();
    else this.unreadLine.leave(this.read);
  }

  async #loadPage(limit: number): Promise<void> {
    const before = this.thread.firstId;
    if (!this.thread.hasOlder || before === undefined) return;
    this.#turnOlder('loading');
    try {
      const parameters = { room: this.name, before, limit };
      const { data } = await this.#connection.client.rpc('chat.history', parameters);
      const page = data as { messages: Message[]; more: boolean };
      this.thread.hasOlder = page.more;
      this.thread.add(page.messages);
      for (const message of page.messages) this.names.saw(message.user, message.name);
      this.#turnOlder('idle');
    } catch {
      this.#turnOlder('failed');
    }
  }

  async #change(method: string, parameters: object): Promise<void> {
    const { data } = await this.#connection.client.rpc(method, { room: this.name, ...parameters });
    this.thread.update((data as { message: Message }).message);
    this.#listener.changed();
  }

  #takeEvent(event: RoomEvent): void {
    switch (event.type) {
      case 'message':
        this.take(event.message);
        return;
      case 'changed':
        this.thread.update(event.message);
        break;
      case 'read':
        this.reads.move(event);
        break;
    }
    this.#listener.changed();
  }

  #moved(move: Move | undefined): void {
    if (move?.isHere) this.names.saw(move.person.user, move.person.name);
    if (move && move.person.user !== this.me.user) this.#listener.moved(move);
    this.#listener.changed();
  }

  #turnOlder(state: Room['older']): void {
    this.older = state;
    this.#listener.changed();
  }
}
