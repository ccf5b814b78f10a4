import { element, setText } from '../../page/element';
import { randomId } from '../../page/randomId';
import { toast } from '../../page/toasts';
import { ordered, type Question } from '../model/questions';
import type { Stage } from '../stage';

const longest = 300;

/** The questions of the audience, and the field that asks one. A question that was not sent stays in the field. */
export class QuestionPanel {
  readonly root: HTMLElement;
  readonly #stage: Stage;
  readonly #list = element('ol', { class: 'questions' });
  readonly #empty = element('p', { class: 'notice' });
  readonly #field = element('input', { 'type': 'text', 'maxlength': longest, 'placeholder': 'Ask a question', 'aria-label': 'Question' });
  readonly #ask = element('button', { type: 'submit', class: 'button primary' }, 'Ask');
  readonly #form: HTMLElement;
  // Sent again after a lost reply with the same id, a question is stored once.
  #clientId = randomId();
  #painted = '';

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#form = element(
      'form',
      { class: 'ask', submit: (event) => void this.#submit(event) },
      element('label', { class: 'field' }, this.#field),
      this.#ask,
    );
    this.root = element('div', { class: 'inside' }, this.#empty, this.#list, this.#form);
  }

  paint(): void {
    const { questions, votes, show, isSpeaker, connection } = this.#stage;
    const isConnected = connection.state === 'connected';
    this.#ask.disabled = !isConnected || !show;
    this.#form.hidden = isSpeaker;
    this.#empty.hidden = questions.size > 0;
    this.#list.hidden = questions.size === 0;
    setText(this.#empty, show ? 'No questions yet.' : 'Questions can be asked while somebody is on stage.');
    const all = ordered(questions);
    const painted = JSON.stringify([all, [...votes], isSpeaker, isConnected]);
    if (painted === this.#painted) return;
    this.#painted = painted;
    const focused = (document.activeElement as HTMLElement | null)?.dataset.action;
    this.#list.replaceChildren(...all.map(([key, question]) => this.#row(Number(key), question, isConnected)));
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

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.#field.value.trim();
    if (text === '') return;
    this.#ask.disabled = true;
    try {
      await this.#stage.call('question.ask', { text, clientId: this.#clientId });
      this.#clientId = randomId();
      this.#field.value = '';
    } catch (error) {
      complain(error);
    } finally {
      this.paint();
    }
  }
}

export function complain(error: unknown): void {
  toast((error as Error).message, { kind: 'bad', subject: 'stage' });
}
