import '../../conversation/composer.css';
import '../support.css';
import type { Connection } from '../../connection/connection';
import type { Message } from '../../conversation/message';
import type { Outbox } from '../../conversation/outbox';
import { People } from '../../conversation/people';
import { followPeople } from '../../conversation/presence';
import { Announcer } from '../../page/announcer';
import { element, setText } from '../../page/element';
import { Notices } from '../../page/notices';
import { painter } from '../../page/painter';
import { forget, remember, remembered, rememberedForTab, rememberForTab } from '../../page/settings';
import { Title } from '../../page/title';
import { toast } from '../../page/toasts';
import { caseOutbox, notesOf } from '../caseOutbox';
import { deskNews } from '../model/deskNews';
import { type DeskState, newer, queued, type SupportCase } from '../model/supportCase';
import { Bell } from './bell';
import { CaseView } from './caseView';
import { QueueList } from './queueList';

const tickMilliseconds = 1000;
const denied = 103;

/** The desk of the agents: the queue of cases and the chosen one. */
export class DeskView {
  readonly root = element('div', { class: 'desk-view' });
  readonly cases = new Map<string, SupportCase>();
  readonly agents = new People();
  readonly outbox: Outbox;
  readonly connection: Connection;
  readonly #queue: QueueList;
  readonly #door: HTMLElement;
  readonly #key = element(
    'input',
    { 'type': 'password', 'autocomplete': 'off', 'placeholder': 'Key of the desk', 'aria-label': 'Key of the desk' },
  );

  readonly #keyField = element('label', { class: 'field', hidden: true }, this.#key);
  readonly #doorWords = element('p', {}, 'Opening the desk…');
  readonly #sit: HTMLButtonElement;
  readonly #title = new Title(() => this.#titleText());
  #subscriptions: { subscribe(): void; unsubscribe(): void }[] = [];
  #case: CaseView | undefined;
  readonly #bell = new Bell();
  readonly #notices = new Notices('Show a notice for new questions and messages while this tab is hidden');
  readonly #spoken = element('p', { 'class': 'unseen', 'role': 'status', 'aria-live': 'polite' });
  readonly #announcer = new Announcer(
    (count) => `${count} changes in the queue`,
    (text) => setText(this.#spoken, text),
  );

  #isSeated = false;
  #isSitting = false;
  #isSynced = false;

  constructor(connection: Connection) {
    this.connection = connection;
    this.outbox = caseOutbox(connection, {
      context: () => undefined,
      opened: () => undefined,
      delivered: (message) => this.#delivered(message),
      changed: () => this.#mark(),
    });
    const switches = [this.#bell.button, this.#notices.button];
    this.#queue = new QueueList(this, (id) => this.open(id), switches, () => void this.#rise());
    this.#sit = element('button', { type: 'submit', class: 'button primary', disabled: true }, 'Sit down');
    this.#door = element(
      'form',
      {
        class: 'panel door',
        submit: (event) => {
          event.preventDefault();
          void this.#sitDown();
        },
      },
      element('header', {}, element('h2', {}, 'The desk')),
      element('div', { class: 'inside' }, this.#doorWords, this.#keyField, this.#sit),
    );
    this.root.append(this.#door);
    this.#followDoor();
    // A seat is held by connections, so every new connection sits down again.
    connection.client.on('connected', () => {
      if (this.#isSeated || remembered('support-seat') !== undefined) void this.#sitDown();
    });
    connection.onChange(() => this.#mark());
    setInterval(() => {
      this.#case?.tick();
      this.#mark();
    }, tickMilliseconds);
    window.addEventListener('hashchange', () => this.#openFromAddress());
  }

  /** The case that is shown. */
  get shown(): string | undefined {
    return this.#case?.id;
  }

  focus(): void {
    this.#case?.focus();
  }

  /** Takes the shown case. */
  take(): void {
    this.#case?.take();
  }

  /** Switches the field between a reply and a note. */
  switchNote(): void {
    this.#case?.switchNote();
  }

  /** Opens the case that follows or precedes the shown one. */
  step(by: number): void {
    const list = queued(this.cases.values());
    const next = list[Math.max(0, list.findIndex(({ case: id }) => id === this.shown) + by)];
    if (next) this.open(next.case);
  }

  open(id: string): void {
    if (this.shown === id) return;
    history.replaceState(null, '', `#${id}`);
    this.#case?.leave();
    this.#case = new CaseView(id, this);
    this.root.replaceChildren(this.#queue.root, this.#case.root, this.#spoken);
    this.#mark();
  }

  /** Called when the server refuses a channel of the desk: the seat was lost during a long absence. */
  lostSeat(): void {
    if (this.#isSeated && this.connection.state === 'connected') void this.#sitDown();
  }

  async call(method: string, data: object): Promise<boolean> {
    try {
      await this.connection.client.rpc(method, data);
      return true;
    } catch (error) {
      toast((error as Error).message, { kind: 'bad', subject: 'support' });
      return false;
    }
  }

  #followDoor(): void {
    const door = this.connection.client.newSubscription('desk:state');
    const take = ({ data }: { data?: unknown }) => {
      const { hasKey, agents } = data as DeskState;
      this.#keyField.hidden = !hasKey;
      setText(this.#doorWords, hasKey
        ? 'Agents of this helpdesk have a key.'
        : `In this showcase anybody may sit down as an agent, and then reads the questions of other visitors. ${agents === 0 ? 'Nobody is at the desk.' : `At the desk: ${agents}.`}`);
      this.#sit.disabled = false;
    };
    door.on('subscribed', take);
    door.on('publication', take);
    door.subscribe();
  }

  async #sitDown(): Promise<void> {
    if (this.#isSitting) return;
    this.#isSitting = true;
    const key = this.#key.value || rememberedForTab('support-key');
    try {
      await this.connection.client.rpc('desk.sit', key ? { key } : {});
      if (key) rememberForTab('support-key', key);
      remember('support-seat', 'yes');
      this.#seated();
    } catch (error) {
      const { code, message } = error as { code?: number; message: string };
      if (code === undefined || code < denied) return;
      toast(message, { kind: 'bad', subject: 'support' });
      this.#stood();
    } finally {
      this.#isSitting = false;
    }
  }

  #seated(): void {
    if (!this.#isSeated) {
      this.#isSeated = true;
      this.#followDesk();
      this.root.replaceChildren(this.#queue.root, element('section', { class: 'panel nothing' }, element('p', { class: 'notice' }, 'Choose a case from the list.')), this.#spoken);
      this.#openFromAddress();
    }
    // Subscribing does nothing where the channel is subscribed already.
    for (const subscription of this.#subscriptions) subscription.subscribe();
    this.#case?.resume();
    this.#mark();
  }

  #followDesk(): void {
    if (this.#subscriptions.length > 0) return;
    const { client } = this.connection;
    const inbox = client.newMapSubscription('inbox:all');
    inbox.on('sync', ({ entries }) => {
      const known = new Map(this.cases);
      this.cases.clear();
      for (const { key, data } of entries) {
        this.cases.set(key, data as SupportCase);
        if (this.#isSynced) this.#notify(known.get(key), data as SupportCase);
      }
      this.#isSynced = true;
      this.#mark();
    });
    inbox.on('update', ({ key, data, removed }) => {
      if (removed) this.cases.delete(key);
      else {
        this.#notify(this.cases.get(key), data as SupportCase);
        this.cases.set(key, newer(this.cases.get(key), data as SupportCase));
      }
      this.#mark();
      this.#title.touch();
    });
    inbox.on('unsubscribed', ({ code }) => {
      if (code === denied) this.lostSeat();
      else if (code !== 0) this.#stood();
    });
    const agents = client.newSubscription('agents:all', { joinLeave: true });
    const changed = () => this.#mark();
    followPeople(agents, this.agents, { loaded: changed, moved: changed });
    this.#subscriptions = [inbox, agents];
  }

  // The agent sees a message in the case on the screen, so it needs no notice.
  #notify(known: SupportCase | undefined, arrived: SupportCase): void {
    const news = deskNews(known, arrived, this.connection.me.user);
    if (!news || (arrived.case === this.shown && arrived.state === 'taken' && document.visibilityState === 'visible')) return;
    this.#bell.ring();
    this.#announcer.say(`${news.title}: ${news.text}`);
    this.#notices.show(news.title, news.text, arrived.case, () => this.open(arrived.case));
  }

  #openFromAddress(): void {
    const id = location.hash.slice(1);
    if (this.#isSeated && /^[0-9a-f]{32}$/.test(id)) this.open(id);
  }

  async #rise(): Promise<void> {
    forget('support-seat');
    if (await this.call('desk.rise', {})) this.#stood();
    else remember('support-seat', 'yes');
  }

  // Also called in the other windows of an agent who has left the desk in one of them.
  #stood(): void {
    if (!this.#isSeated) return;
    this.#isSeated = false;
    this.#case?.leave();
    this.#case = undefined;
    for (const subscription of this.#subscriptions) subscription.unsubscribe();
    this.root.replaceChildren(this.#door);
  }

  #delivered(message: Message): void {
    if (!this.#case) return;
    if (message.room === this.#case.id) this.#case.conversation.take(message);
    else if (message.room === notesOf(this.#case.id)) this.#case.conversation.takeNote(message);
  }

  #titleText(): string {
    if (!this.#isSeated) return 'Desk · Duplex';
    const waiting = [...this.cases.values()].filter(({ state }) => state === 'waiting').length;
    return waiting === 0 ? 'Desk · Duplex' : `(${waiting}) Desk · Duplex`;
  }

  #mark(): void {
    painter.mark(this.#paint, false);
  }

  readonly #paint = (): void => {
    if (!this.#isSeated) return;
    this.#queue.paint();
    this.#case?.paint();
  };
}
