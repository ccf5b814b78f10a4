import { element, setText } from '../page/element';
import { titleOf, type Run, type Step } from './model/run';

/** Shows a run: its state in one sentence, a mark for each test, and the reason of the verdict. */
export class RunPanel {
  readonly root: HTMLElement;
  readonly #title = element('h2', {}, 'No program sent yet');
  readonly #words = element('p', { role: 'status' }, 'Run tries the samples; Submit runs every test.');
  readonly #origin = element('p', { class: 'muted' });
  readonly #tests = element('ol', { 'class': 'tests', 'aria-label': 'Tests' });
  readonly #detail = element('dl', { class: 'detail' });

  constructor(...actions: HTMLElement[]) {
    this.root = element(
      'section',
      { class: 'panel run' },
      element('header', {}, this.#title, ...actions),
      element('div', { class: 'inside' }, this.#words, this.#origin, this.#tests, this.#detail),
    );
  }

  /** Shows a run. `origin` says of what it is a run. */
  paint(run: Run, origin: string): void {
    const last = run.last;
    setText(this.#title, last?.verdict ? titleOf(last.verdict) : 'In progress');
    this.root.dataset.verdict = last?.verdict ?? '';
    setText(this.#words, run.words);
    setText(this.#origin, origin);
    this.#tests.replaceChildren(...Array.from({ length: last?.of ?? 0 }, (_, index) => mark(run, index + 1)));
    this.#detail.replaceChildren(...(last ? details(last) : []));
  }

  /** Shows that a program waits for the connection. */
  paintWaiting(): void {
    setText(this.#title, 'Not sent yet');
    this.root.dataset.verdict = '';
    setText(this.#words, 'The program is sent as soon as the connection is back. A reload does not lose it.');
    setText(this.#origin, '');
    this.#tests.replaceChildren();
    this.#detail.replaceChildren();
  }
}

function mark(run: Run, test: number): HTMLElement {
  const step = run.steps.find((candidate) => candidate.state === 'test' && candidate.test === test);
  const last = run.last;
  const isPast = last?.verdict === 'accepted' || (last?.state === 'done' && test < (last.test ?? 0));
  const hasFailed = last?.state === 'done' && last.verdict !== 'accepted' && last.test === test;
  const state = step || isPast ? 'passed' : hasFailed ? 'failed' : 'open';
  const title = step
    ? `Test ${test}: passed in ${step.ms ?? 0} ms, ${step.kib ?? 0} KiB allocated`
    : `Test ${test}${state === 'open' ? '' : `: ${state}`}`;
  const sign = { passed: '✓', failed: '✕', open: '·' }[state];
  return element('li', { 'data-state': state, title, 'aria-label': title }, sign);
}

function details(last: Step): HTMLElement[] {
  const rows: [string, string | undefined][] = [
    ['Input', last.input],
    ['Expected', last.expected],
    ['Got', last.got],
    ['Printed', last.log],
  ];
  return rows.flatMap(([name, text]) =>
    text === undefined ? [] : [element('dt', {}, name), element('dd', { class: 'number' }, text)]);
}
