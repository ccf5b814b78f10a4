import type { Subscription } from 'centrifuge';
import type { Connection } from '../../connection/connection';
import { remember, remembered } from '../../page/settings';
import type { Message, ReadMarker } from '../model/message';
import { Outbox } from '../model/outbox';
import { People } from '../model/people';
import { Reads } from '../model/reads';
import { Thread } from '../model/thread';
import { Typing } from '../model/typing';

type RoomEvent = { type: 'message'; message: Message } | ({ type: 'read' } & ReadMarker);

interface RoomState {
  messages: Message[];
  reads: ReadMarker[];
}

export interface Me {
  user: string;
  name: string;
}

const historyPage = 50;

/** One room as this page knows it, kept up to date by its two channels. */
export class Room {
  readonly name: string;
  readonly me: Me;
  readonly thread = new Thread();
  readonly people = new People();
  readonly typing = new Typing();
  readonly reads = new Reads();
  readonly outbox: Outbox;
  isLoaded = false;
  problem = '';

  readonly #connection: Connection;
  readonly #changed: () => void;
  readonly #subscriptions: Subscription[] = [];
  #isLoadingOlder = false;
  #markedRead = 0;

  constructor(name: string, me: Me, connection: Connection, changed: () => void) {
    this.name = name;
    this.me = me;
    this.#connection = connection;
    this.#changed = changed;
    const stored = `outbox-${name}`;
    this.outbox = new Outbox(
      {
        send: (text, clientId) => this.#send(text, clientId),
        isConnected: () => connection.state === 'connected',
        load: () => remembered(stored),
        save: (text) => remember(stored, text),
        now: () => Date.now(),
        makeId: () => crypto.randomUUID(),
      },
      (message) => this.#take(message),
      changed,
    );
    this.#subscribe();
  }

  leave(): void {
    for (const subscription of this.#subscriptions) {
      subscription.unsubscribe();
      subscription.removeAllListeners();
      this.#connection.client.removeSubscription(subscription);
    }
  }

  /** Says that this person is typing, when it is time to say so again. */
  sign(): void {
    const typing = this.#subscriptions[1];
    if (typing?.state !== 'subscribed' || !this.typing.shouldPublish(Date.now())) return;
    // A sign that is lost does not matter: the next one follows.
    typing.publish({}).catch(() => undefined);
  }

  /** Older messages, before the first one here. */
  async loadOlder(): Promise<void> {
    const before = this.thread.firstId;
    if (this.#isLoadingOlder || !this.thread.hasOlder || before === undefined) return;
    this.#isLoadingOlder = true;
    try {
      const question = { room: this.name, before, limit: historyPage };
      const { data } = await this.#connection.client.rpc('chat.history', question);
      const page = data as { messages: Message[]; more: boolean };
      this.thread.hasOlder = page.more;
      this.thread.add(page.messages);
      this.#changed();
    } catch {
      // The next scroll to the top asks again.
    } finally {
      this.#isLoadingOlder = false;
    }
  }

  /** Everything shown has been read. */
  markRead(): void {
    const id = this.thread.lastId;
    if (this.me.user === '' || id <= Math.max(this.#markedRead, this.reads.of(this.me.user))) return;
    this.#markedRead = id;
    this.#connection.client.rpc('chat.read', { room: this.name, id }).catch(() => {
      this.#markedRead = 0;
    });
  }

  async #send(text: string, clientId: string): Promise<Message> {
    const { data } = await this.#connection.client.rpc('chat.send', { room: this.name, text, clientId });
    return (data as { message: Message }).message;
  }

  #subscribe(): void {
    const client = this.#connection.client;
    const options = { recoverable: true, positioned: true, joinLeave: true };
    const room = client.newSubscription(`chat:${this.name}`, options);
    this.#connection.countRecovered(room);
    room.on('subscribed', (context) => {
      this.#restart(context.data as RoomState | undefined);
      void this.#loadPeople(room);
      void this.outbox.flush();
    });
    room.on('unsubscribed', ({ reason }) => {
      this.problem = reason;
      this.#changed();
    });
    room.on('publication', ({ data }) => this.#takeEvent(data as RoomEvent));
    room.on('join', ({ info }) => {
      this.people.join(info);
      this.#changed();
    });
    room.on('leave', ({ info }) => {
      this.people.leave(info);
      this.#changed();
    });
    const typing = client.newSubscription(`typing:${this.name}`);
    typing.on('publication', ({ info }) => {
      if (!info || info.user === this.me.user) return;
      const shown = info.connInfo as { name?: string } | undefined;
      this.typing.saw(info.user, shown?.name ?? 'Somebody', Date.now());
      this.#changed();
    });
    this.#subscriptions.push(room, typing);
    for (const subscription of this.#subscriptions) subscription.subscribe();
  }

  #restart(state: RoomState | undefined): void {
    this.isLoaded = true;
    if (state) {
      this.thread.restart(state.messages);
      for (const message of state.messages) this.outbox.settle(message.clientId);
      for (const marker of state.reads) this.reads.move(marker);
      if (state.messages.length < historyPage && this.thread.messages.length === state.messages.length) {
        this.thread.hasOlder = false;
      }
    }
    this.#changed();
  }

  async #loadPeople(room: Subscription): Promise<void> {
    try {
      this.people.load((await room.presence()).clients);
      this.#changed();
    } catch {
      // Joins and leaves still come; the next subscribe asks again.
    }
  }

  #takeEvent(event: RoomEvent): void {
    if (event.type === 'message') this.#take(event.message);
    else {
      this.reads.move(event);
      this.#changed();
    }
  }

  #take(message: Message): void {
    this.thread.add([message]);
    this.outbox.settle(message.clientId);
    this.typing.stopped(message.user);
    this.#connection.stamped(message.time);
    this.#changed();
  }
}
