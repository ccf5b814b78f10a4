import { Composer } from '../../conversation/composer';
import type { Pending } from '../../conversation/message';
import { Announcer } from '../../page/announcer';
import { element, setText } from '../../page/element';
import { randomId } from '../../page/randomId';
import { toast } from '../../page/toasts';
import { notesOf } from '../caseOutbox';
import { MessageLines } from '../messageLines';
import { Conversation } from '../model/conversation';
import { reportWords, spanWords } from '../model/supportCase';
import { cannedReplies } from './cannedReplies';
import type { DeskView } from './deskView';

/** A case as an agent sees it: the conversation with its notes, and what the agent can do with it. */
export class CaseView {
  readonly id: string;
  readonly root: HTMLElement;
  readonly conversation: Conversation;
  readonly #desk: DeskView;
  readonly #name = element('h2', { dir: 'auto' });
  readonly #facts = element('p', { class: 'case-facts muted' });
  readonly #reports = element('p', { class: 'case-reports muted number' });
  readonly #typing = element('p', { class: 'typing-line muted', role: 'status' });
  readonly #spoken = element('p', { 'class': 'unseen', 'role': 'status', 'aria-live': 'polite' });
  readonly #announcer = new Announcer((count) => `${count} new messages`, (text) => setText(this.#spoken, text));
  readonly #lines: MessageLines;
  readonly #composer: Composer;
  readonly #take: HTMLButtonElement;
  readonly #close: HTMLButtonElement;
  readonly #hand: HTMLSelectElement;
  readonly #reply: HTMLSelectElement;
  readonly #isNote = element('input', { type: 'checkbox' });
  #handTargets = '';
  #isBuilt = false;

  constructor(id: string, desk: DeskView) {
    this.id = id;
    this.#desk = desk;
    this.conversation = new Conversation(id, desk.connection, desk.outbox, {
      // The subscriptions report their first state while the view is still being built.
      changed: () => {
        if (this.#isBuilt) this.paint();
      },
      arrived: ({ name, text }) => this.#announcer.say(`${name}: ${text}`),
      missed: (words) => toast(words, { subject: 'support-missed' }),
      denied: () => desk.lostSeat(),
    }, true);
    this.#lines = new MessageLines((pending) => this.#restore(pending));
    this.#composer = new Composer('', {
      send: (text) => this.#send(text),
      typed: (text) => {
        if (!this.#isNote.checked) this.conversation.wrote(text);
      },
      left: () => this.#lines.root.focus(),
      cancelled: () => undefined,
      editLast: () => undefined,
      names: () => [],
    });
    this.#take = element('button', { type: 'button', class: 'button primary', click: () => void desk.call('case.claim', { case: id }) }, 'Take');
    this.#close = element('button', { type: 'button', class: 'button', click: () => void desk.call('case.close', { case: id }) }, 'Close');
    this.#hand = element('select', { 'class': 'button', 'aria-label': 'Hand over', 'change': () => void this.#handOver() });
    this.#reply = element(
      'select',
      { 'class': 'button', 'aria-label': 'Prepared replies', 'change': () => this.#insertReply() },
      element('option', { value: '' }, 'Prepared replies'),
      ...cannedReplies.map(({ title }, index) => element('option', { value: index }, title)),
    );
    this.#isNote.addEventListener('change', () => this.paint());
    this.root = element(
      'section',
      { 'class': 'panel case-panel', 'aria-label': 'Case' },
      element('header', {}, this.#name, this.#take, this.#hand, this.#close),
      this.#facts,
      this.#reports,
      this.#lines.root,
      this.#typing,
      element('div', { class: 'case-tools' }, this.#reply, element('label', { class: 'choice' }, this.#isNote, 'Note for colleagues')),
      this.#composer.root,
      this.#spoken,
    );
    this.#isBuilt = true;
    this.paint();
  }

  focus(): void {
    this.#composer.focus();
  }

  leave(): void {
    this.conversation.leave();
  }

  resume(): void {
    this.conversation.resume();
  }

  /** Takes the case when nobody has it. */
  take(): void {
    if (!this.#take.hidden && !this.#take.disabled) this.#take.click();
  }

  /** Switches between a reply and a note. */
  switchNote(): void {
    this.#isNote.click();
    this.focus();
  }

  tick(): void {
    if (!this.#isNote.checked) this.conversation.sign();
  }

  // The field is enabled in the turn in which the last channel has recovered: what was missed is drawn before it.
  paint(): void {
    const { connection, outbox, agents } = this.#desk;
    const { conversation, id } = this;
    const { me } = connection;
    const shown = conversation.case;
    const isMine = shown?.agent === me.user;
    this.#lines.paint(conversation, [...outbox.of(id), ...outbox.of(notesOf(id))], me.user);
    setText(this.#name, shown?.name ?? 'Opening the case…');
    setText(this.#facts, this.#factWords());
    setText(this.#reports, reportWords(conversation.isCurrent ? conversation.reports.all : []));
    setText(this.#typing, conversation.typingWords);
    this.#take.hidden = shown?.state !== 'waiting';
    this.#close.hidden = this.#hand.hidden = !isMine;
    this.#take.disabled = this.#close.disabled = this.#hand.disabled = !conversation.isCurrent;
    this.#paintTargets(agents.present.filter(({ user }) => user !== me.user));
    if (document.visibilityState === 'visible') conversation.markRead();
    const mayWrite = this.#isNote.checked || isMine || shown?.state === 'closed';
    this.#composer.setOpen(conversation.isCurrent && mayWrite, this.#placeholder(mayWrite));
    this.#composer.setLabel(this.#isNote.checked ? 'Add note' : 'Send');
    this.#composer.root.dataset.kind = this.#isNote.checked ? 'note' : 'reply';
    this.#reply.disabled = !conversation.isCurrent || !isMine;
  }

  #placeholder(mayWrite: boolean): string {
    const shown = this.conversation.case;
    if (!this.conversation.isCurrent) return shown ? 'Reconnecting: the field opens when everything missed is here' : 'Opening the case…';
    if (this.#isNote.checked) return 'Write a note that only agents see';
    if (mayWrite) return shown?.state === 'closed' ? 'Write to open the case again' : 'Write a reply';
    return shown?.state === 'waiting' ? 'Take the case to reply' : `${shown?.agentName} has taken this case`;
  }

  #factWords(): string {
    const { case: shown, people } = this.conversation;
    if (!shown) return '';
    const presence = people.isPresent(shown.user) ? 'has the page open' : 'is away';
    const here = this.conversation.isCurrent ? presence : 'presence unknown until the connection is back';
    const state = shown.state === 'closed' ? 'closed' : shown.state === 'taken' ? `with ${shown.agentName}` : `waiting for ${spanWords(Date.now() - shown.since)}`;
    return `${state} · asked on ${shown.page} · ${here}${shown.rating === undefined ? '' : ` · rated ${shown.rating} of 5`}`;
  }

  #paintTargets(targets: readonly { user: string; name: string }[]): void {
    const signature = JSON.stringify(targets);
    if (signature === this.#handTargets) return;
    this.#handTargets = signature;
    this.#hand.replaceChildren(
      element('option', { value: '' }, 'Hand over…'),
      element('option', { value: 'queue' }, 'to the queue'),
      ...targets.map(({ user, name }) => element('option', { value: `agent.${user}` }, `to ${name}`)),
    );
  }

  async #handOver(): Promise<void> {
    const { value } = this.#hand;
    this.#hand.value = '';
    if (value === '') return;
    const to = value.startsWith('agent.') ? { to: value.slice('agent.'.length) } : {};
    // What stands in the field as a note goes with the case.
    const note = this.#isNote.checked ? this.#composer.text.trim() : '';
    const isHanded = await this.#desk.call('case.hand', { case: this.id, ...to, ...(note === '' ? {} : { note, clientId: randomId() }) });
    if (isHanded && note !== '') this.#composer.write('');
  }

  #insertReply(): void {
    const reply = cannedReplies[Number(this.#reply.value)];
    if (this.#reply.value !== '' && reply) this.#composer.write([this.#composer.text.trim(), reply.text].filter((text) => text !== '').join(' '));
    this.#reply.value = '';
    this.focus();
  }

  #send(text: string): boolean {
    if (this.#desk.outbox.put(this.#isNote.checked ? notesOf(this.id) : this.id, text)) {
      this.conversation.wrote('');
      return true;
    }
    toast('Too many messages are waiting to be sent. This one stays in the field.', { kind: 'bad', subject: 'support' });
    return false;
  }

  #restore(pending: Pending): void {
    this.#desk.outbox.discard(pending.clientId);
    this.#composer.write(pending.text);
    this.focus();
  }
}
