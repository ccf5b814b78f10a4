import { element } from '../../page/element';
import type { Stage } from '../stage';
import { complain } from './questionPanel';

/** The poll of the stage: votes, results when the speaker shows them, and for the speaker the form of a new one. */
export class PollPanel {
  readonly root: HTMLElement;
  readonly #stage: Stage;
  readonly #poll = element('div', { class: 'poll' });
  readonly #question = element('input', { 'type': 'text', 'maxlength': 300, 'placeholder': 'Question', 'aria-label': 'Question of the poll', 'required': true });
  readonly #options = element('textarea', { 'rows': 3, 'placeholder': 'One option in each line', 'aria-label': 'Options, one in each line', 'required': true });
  readonly #form: HTMLElement;
  #painted = '';

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#form = element(
      'form',
      { class: 'new-poll', submit: (event) => void this.#submit(event) },
      element('label', { class: 'field' }, this.#question),
      this.#options,
      element('button', { type: 'submit', class: 'button primary' }, 'Open a poll'),
    );
    this.root = element('div', { class: 'inside' }, this.#poll, this.#form);
  }

  paint(): void {
    const { poll, choice, audience, isSpeaker, connection, show } = this.#stage;
    const counts = audience?.counts ?? [];
    this.#form.hidden = !isSpeaker || poll?.isOpen === true;
    const isConnected = connection.state === 'connected';
    const painted = JSON.stringify([poll, choice, isSpeaker && counts, isSpeaker, isConnected, show?.id]);
    if (painted === this.#painted) return;
    this.#painted = painted;
    if (!poll) {
      this.#poll.replaceChildren(element('p', { class: 'notice' }, isSpeaker ? 'Ask the audience.' : 'The speaker has opened no poll.'));
      return;
    }
    const results = isSpeaker ? counts : poll.counts;
    const mayVote = isConnected && poll.isOpen && choice === undefined && !isSpeaker;
    this.#poll.replaceChildren(
      element('h3', { dir: 'auto' }, poll.question),
      element('ul', {}, ...poll.options.map((option, index) => this.#option(option, index, results?.[index], mayVote))),
      element('p', { class: 'muted', role: 'status' }, this.#words()),
      ...(isSpeaker ? [this.#controls(isConnected)] : []),
    );
  }

  #option(option: string, index: number, count: number | undefined, mayVote: boolean): HTMLElement {
    const { poll, choice } = this.#stage;
    const share = count === undefined || !poll || poll.total === 0 ? 0 : count / poll.total;
    const row = element(
      'button',
      {
        'type': 'button',
        'class': 'option',
        'aria-pressed': String(choice === index),
        'disabled': !mayVote,
        'click': () => void this.#stage.choose(index).catch(complain),
      },
      element('bdi', {}, option),
      element('span', { class: 'number' }, count === undefined ? '' : `${count} · ${Math.round(share * 100)} %`),
    );
    row.style.setProperty('--share', `${share * 100}%`);
    return element('li', {}, row);
  }

  #words(): string {
    const { poll, choice, isSpeaker } = this.#stage;
    if (!poll) return '';
    const votes = `${poll.total} ${poll.total === 1 ? 'vote' : 'votes'}`;
    if (isSpeaker) return `${votes} · ${poll.isOpen ? 'open' : 'closed'} · ${poll.isShown ? 'everybody sees the results' : 'only you see the results'}`;
    if (!poll.isOpen) return `${votes} · closed`;
    return choice === undefined ? `${votes} · choose one option` : `${votes} · your vote is counted`;
  }

  #controls(isConnected: boolean): HTMLElement {
    const { poll } = this.#stage;
    const change = (label: string, params: Record<string, unknown>) => element(
      'button',
      { type: 'button', class: 'button', disabled: !isConnected, click: () => void this.#stage.call('poll.change', params).catch(complain) },
      label,
    );
    return element(
      'p',
      { class: 'actions' },
      poll?.isOpen ? change('Close the poll', { isOpen: false }) : change('Open it again', { isOpen: true }),
      poll?.isShown ? change('Hide the results', { isShown: false }) : change('Show the results', { isShown: true }),
    );
  }

  async #submit(event: Event): Promise<void> {
    event.preventDefault();
    const options = this.#options.value.split('\n').map((option) => option.trim()).filter((option) => option !== '');
    try {
      await this.#stage.call('poll.open', { question: this.#question.value, options });
      this.#question.value = this.#options.value = '';
    } catch (error) {
      complain(error);
    }
  }
}
