import { element, setText } from '../../page/element';
import { toast } from '../../page/toasts';
import { ordered, type Question } from '../model/questions';
import type { Stage } from '../stage';
import { pendingKey, pendingLine } from './pendingLine';

const longest = 300;

/** The questions of the audience, and the field that asks one. A question that was asked offline waits in the list. */
export class QuestionPanel {
  readonly root: HTMLElement;
  readonly #stage: Stage;
  readonly #list = element('ol', { class: 'questions' });
  readonly #empty = element('p', { class: 'notice' });
  readonly #field = element('input', { 'type': 'text', 'maxlength': longest, 'placeholder': 'Ask a question', 'aria-label': 'Question' });
  readonly #ask = element('button', { type: 'submit', class: 'button primary' }, 'Ask');
  readonly #form: HTMLElement;
  #painted = '';

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#form = element(
      'form',
      { class: 'ask', submit: (event) => this.#submit(event) },
      element('label', { class: 'field' }, this.#field),
      this.#ask,
    );
    this.root = element('div', { class: 'inside' }, this.#empty, this.#list, this.#form);
  }

  paint(): void {
    const { questions, votes, show, isSpeaker, connection, outbox, pendingQuestions: pending } = this.#stage;
    const isConnected = connection.state === 'connected';
    this.#ask.disabled = !show;
    this.#form.hidden = isSpeaker;
    this.#empty.hidden = questions.size + pending.length > 0;
    this.#list.hidden = !this.#empty.hidden;
    setText(this.#empty, show ? 'No questions yet.' : 'Questions can be asked while somebody is on stage.');
    const all = ordered(questions);
    const painted = JSON.stringify([all, [...votes], isSpeaker, isConnected, pendingKey(pending, outbox)]);
    if (painted === this.#painted) return;
    this.#painted = painted;
    const focused = (document.activeElement as HTMLElement | null)?.dataset.action;
    this.#list.replaceChildren(
      ...all.map(([key, question]) => this.#row(Number(key), question, isConnected)),
      ...pending.map((waiting) => pendingLine(waiting, outbox)),
    );
    if (focused) this.#list.querySelector<HTMLElement>(`[data-action="${focused}"]`)?.focus();
  }

  #row(id: number, { name, text, status, votes }: Question, isConnected: boolean): HTMLElement {
    const { isSpeaker } = this.#stage;
    const isMine = this.#stage.votes.has(id);
    const vote = element(
      'button',
      {
        'type': 'button',
        'class': 'button vote number',
        'data-action': `vote-${id}`,
        'aria-pressed': String(isMine),
        'aria-label': `${votes} ${votes === 1 ? 'vote' : 'votes'}: ${isMine ? 'take yours back' : 'vote for this question'}`,
        'disabled': !isConnected || status === 'answered',
        'click': () => void this.#stage.vote(id, !isMine).catch(complain),
      },
      `▲ ${votes}`,
    );
    const mark = (label: string, to: string) => element(
      'button',
      {
        'type': 'button',
        'class': 'button plain',
        'data-action': `${to}-${id}`,
        'disabled': !isConnected,
        'click': () => void this.#stage.call('question.mark', { id, status: to }).catch(complain),
      },
      label,
    );
    const answer = status === 'answering' ? mark('Answered', 'answered') : mark('Answer now', 'answering');
    const actions = isSpeaker ? [answer, mark('Remove', 'removed')] : [];
    const words = { open: '', answering: 'being answered now', answered: 'answered' }[status];
    return element(
      'li',
      { 'data-status': status },
      vote,
      element(
        'div',
        {},
        element('p', { dir: 'auto' }, text),
        element('p', { class: 'muted' }, element('bdi', {}, name), words === '' ? '' : ` · ${words}`),
        ...(actions.length > 0 ? [element('p', { class: 'actions' }, ...actions)] : []),
      ),
    );
  }

  #submit(event: Event): void {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (text !== '' && this.#stage.ask(text)) this.#field.value = '';
  }
}

export function complain(error: unknown): void {
  toast((error as Error).message, { kind: 'bad', subject: 'stage' });
}
