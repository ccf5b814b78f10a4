import { element } from '../page/element';
import type { OwnRuns, RunNotice } from './model/ownRuns';
import { titleOf } from './model/run';

const clock = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** The latest runs of the person, from every window. */
export class RunsPanel {
  readonly #list = element('ol', { class: 'runs' }, element('li', { class: 'muted' }, 'None yet.'));
  readonly root = element(
    'section',
    { class: 'panel' },
    element('header', {}, element('h2', {}, 'Your runs')),
    element('div', { class: 'inside' }, this.#list),
  );

  readonly #show: (run: string) => void;
  readonly #titleOf: (problem: string) => string;

  constructor(show: (run: string) => void, titleOfProblem: (problem: string) => string) {
    this.#show = show;
    this.#titleOf = titleOfProblem;
  }

  paint(runs: OwnRuns, shown: string | undefined): void {
    if (runs.all.length === 0) return;
    const had = (document.activeElement as HTMLElement | null)?.dataset.run;
    this.#list.replaceChildren(...runs.all.map((notice) => this.#row(notice, notice.run === shown)));
    if (had) this.#list.querySelector<HTMLElement>(`[data-run="${CSS.escape(had)}"]`)?.focus();
  }

  #row({ run, problem, samplesOnly, time, verdict }: RunNotice, isShown: boolean): HTMLElement {
    return element(
      'li',
      {},
      element(
        'button',
        { 'type': 'button', 'class': 'button plain', 'data-run': run, 'aria-current': isShown ? 'true' : undefined, 'click': () => this.#show(run) },
        element('span', { class: 'number muted' }, clock.format(time)),
        element('span', {}, `${this.#titleOf(problem)}${samplesOnly ? ', samples' : ''}`),
        element('span', { class: verdict === 'accepted' ? 'up' : verdict ? 'down' : 'muted' }, verdict ? titleOf(verdict) : 'In progress'),
      ),
    );
  }
}
