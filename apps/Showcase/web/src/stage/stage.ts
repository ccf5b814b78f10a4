import type { MapSubscription, Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import { keepEntries } from '../connection/entries';
import { keptOutbox } from '../conversation/keptOutbox';
import type { Message, Pending } from '../conversation/message';
import type { Outbox } from '../conversation/outbox';
import { Thread } from '../conversation/thread';
import { Cues } from './model/cues';
import type { Audience, Hand, Mood, Poll, Show, StageData, StageState, TalkData } from './model/messages';
import type { Question } from './model/questions';

/** A stage as a page has it: the state of its channels, and the calls of the audience. */
export class Stage {
  readonly id: string;
  readonly connection: Connection;
  readonly cues = new Cues();
  readonly questions = new Map<string, Question>();
  readonly hands = new Map<string, Hand>();
  readonly votes = new Set<number>();
  readonly thread = new Thread();
  readonly outbox: Outbox;
  readonly #listeners = new Set<() => void>();
  readonly #pointer = new Map<string, { x: number; y: number }>();
  #speakerChannel: Subscription | undefined;
  #handMap: MapSubscription | undefined;
  #pointerMap: MapSubscription | undefined;
  #deckOf = '';

  isLoaded = false;
  /** Why the stage was not opened; empty while it may be. */
  problem = '';
  state: StageState = { show: null, slide: 0, at: 0, isLive: false };
  stages: StageData['stages'] = [];
  slides: readonly string[] = [];
  mood: Mood = { viewers: 0, reactions: [] };
  poll: Poll | null = null;
  /** The option for which this person voted. */
  choice: number | undefined;
  /** What only the speaker receives. */
  audience: Audience | undefined;
  user = '';

  constructor(connection: Connection, id: string) {
    [this.connection, this.id] = [connection, id];
    this.outbox = keptOutbox(
      `stage-outbox.${id}.`,
      connection,
      (pending) => this.#send(pending),
      (message) => message.room === this.id && this.#heard([message]),
      () => this.#changed(),
    );
  }

  get show(): Show | null {
    return this.state.show;
  }

  get isSpeaker(): boolean {
    return this.show !== null && this.show.user === this.user;
  }

  get pointer(): { x: number; y: number } | undefined {
    return [...this.#pointer.values()][0];
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  open(): void {
    const { client } = this.connection;
    client.on('connected', ({ data }) => {
      this.user = (data as { user: string }).user;
      void this.outbox.flush();
    });
    const state = client.newSubscription(`stage:${this.id}`);
    state.on('subscribed', ({ data }) => this.#joined(data as StageData));
    state.on('publication', ({ data }) => this.#stateChanged(data as StageState));
    state.on('unsubscribed', ({ reason }) => {
      this.problem = reason;
      this.#changed();
    });
    state.subscribe();
    this.#follow(`mood:${this.id}`, (data) => (this.mood = data as Mood), (data) => (this.mood = data as Mood));
    this.#follow(
      `poll:${this.id}`,
      (data) => this.#polled(data as { poll: Poll | null; choice: number | null }),
      (data) => this.#polled(data as { poll: Poll | null }),
    );
    const talk = client.newSubscription(`talk:${this.id}`);
    talk.on('subscribed', ({ data, wasRecovering, recovered }) => {
      if (!wasRecovering || !recovered) this.thread.restart((data as TalkData).messages);
      this.#heard((data as TalkData).messages);
    });
    talk.on('publication', ({ data }) => this.#heard([data as Message]));
    talk.subscribe();
    this.#map(`questions:${this.id}`, this.questions, () => {
      for (const { clientId } of this.questions.values()) this.outbox.settle(clientId);
    });
    this.#handMap = this.#map(`hands:${this.id}`, this.hands);
    this.#pointerMap = this.#map(`pointer:${this.id}`, this.#pointer);
  }

  async call<T>(method: string, params: Record<string, unknown> = {}): Promise<T> {
    return (await this.connection.client.rpc(method, { stage: this.id, ...params })).data as T;
  }

  async vote(id: number, on: boolean): Promise<void> {
    const change = (isOn: boolean) => {
      if (isOn) this.votes.add(id);
      else this.votes.delete(id);
      this.#changed();
    };
    change(on);
    await this.call('question.vote', { id, on }).catch((error: unknown) => {
      change(!on);
      throw error;
    });
  }

  async choose(choice: number): Promise<void> {
    const { poll } = this;
    if (!poll) return;
    this.choice = (await this.call<{ choice: number }>('poll.vote', { poll: poll.id, choice })).choice;
    this.#changed();
  }

  /** Raises this page's hand, or lowers it. */
  async raise(isRaised: boolean): Promise<void> {
    if (isRaised) await this.#handMap?.publish('', {});
    else await this.#handMap?.remove('');
  }

  /** Shows the pointer of the speaker at a place of the slide, from 0 to 1. */
  async point(x: number, y: number): Promise<void> {
    await this.#pointerMap?.publish('', { x, y });
  }

  /** Writes a message in the chat. Returns false when too many texts wait to be sent. */
  write(text: string): boolean {
    return this.outbox.put(this.id, text);
  }

  /** Asks a question of the show. Returns false when nobody is on stage, or when too many texts wait to be sent. */
  ask(text: string): boolean {
    return this.show !== null && this.outbox.put(this.show.id, text);
  }

  get pendingMessages(): readonly Pending[] {
    return this.outbox.of(this.id);
  }

  /** Questions that were not sent, also of a show that has ended meanwhile. */
  get pendingQuestions(): readonly Pending[] {
    return this.outbox.pending.filter(({ room }) => room !== this.id);
  }

  // The room of a message is the stage, and that of a question its show.
  async #send({ room, text, clientId }: Pending): Promise<Message> {
    const [method, params] = room === this.id ? ['stage.say', { text, clientId }] : ['question.ask', { show: room, text, clientId }];
    return (await this.call<{ message: Message }>(method, params)).message;
  }

  #heard(messages: readonly Message[]): void {
    this.thread.add(messages);
    for (const { clientId } of messages) this.outbox.settle(clientId);
    this.#changed();
  }

  #joined({ state, stages, votes }: StageData): void {
    [this.isLoaded, this.problem, this.stages] = [true, '', stages];
    this.votes.clear();
    for (const vote of votes) this.votes.add(vote);
    this.cues.show({ slide: state.slide, at: state.at / 1000 });
    this.#stateChanged(state);
  }

  #stateChanged(state: StageState): void {
    const isAnother = state.show?.id !== this.state.show?.id;
    this.state = state;
    const cue = { slide: state.slide, at: state.at / 1000 };
    if (isAnother) {
      this.cues.show(cue);
      this.votes.clear();
      this.#followSpeaker();
    } else this.cues.add(cue);
    void this.#loadDeck();
    this.#changed();
  }

  async #loadDeck(): Promise<void> {
    const { show } = this;
    const wanted = show ? `${show.id} ${show.deck}` : '';
    if (wanted === this.#deckOf) return;
    this.#deckOf = wanted;
    try {
      const slides = show ? (await this.call<{ slides: string[] }>('stage.deck')).slides : [];
      if (this.#deckOf === wanted) this.slides = slides;
    } catch {
      // The next state, or the next connection, loads the slides again.
      if (this.#deckOf === wanted) this.#deckOf = '';
    }
    this.#changed();
  }

  #followSpeaker(): void {
    if (this.#speakerChannel) this.connection.end(this.#speakerChannel);
    this.#speakerChannel = this.audience = undefined;
    if (this.isSpeaker && this.show)
      this.#speakerChannel = this.#follow(`speaker:${this.show.id}`, (data) => (this.audience = data as Audience), (data) => (this.audience = data as Audience));
  }

  #polled({ poll, choice }: { poll: Poll | null; choice?: number | null }): void {
    if (choice !== undefined) this.choice = choice ?? undefined;
    else if (poll?.id !== this.poll?.id) this.choice = undefined;
    this.poll = poll;
  }

  #follow(channel: string, joined: (data: unknown) => void, changed: (data: unknown) => void): Subscription {
    const subscription = this.connection.client.newSubscription(channel);
    const then = (take: (data: unknown) => void) => ({ data }: { data?: unknown }) => {
      take(data);
      this.#changed();
    };
    subscription.on('subscribed', then(joined));
    subscription.on('publication', then(changed));
    subscription.subscribe();
    return subscription;
  }

  #map<T>(channel: string, entries: Map<string, T>, changed: () => void = () => undefined): MapSubscription {
    const subscription = this.connection.client.newMapSubscription(channel);
    keepEntries(subscription, entries, () => {
      changed();
      this.#changed();
    });
    subscription.subscribe();
    return subscription;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
