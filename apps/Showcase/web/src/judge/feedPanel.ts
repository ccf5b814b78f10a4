import { element } from '../page/element';
import { painter } from '../page/painter';
import { titleOf, type Verdict } from './model/run';

export interface FeedEntry {
  readonly name: string;
  readonly problem: string;
  readonly verdict: Verdict;
}

const rows = 8;

/** The latest verdicts of everybody. */
export class FeedPanel {
  readonly #list = element('ul', { class: 'feed' }, element('li', { class: 'muted' }, 'None yet.'));
  readonly root = element(
    'section',
    { class: 'panel' },
    element('header', {}, element('h2', {}, 'Latest verdicts')),
    element('div', { class: 'inside' }, this.#list),
  );

  readonly #titleOfProblem: (problem: string) => string;
  readonly #entries: FeedEntry[] = [];
  readonly #paint = () => {
    if (this.#entries.length === 0) return;
    this.#list.replaceChildren(...this.#entries.map(({ name, problem, verdict }) => element(
      'li',
      {},
      element('bdi', {}, name),
      element('span', { class: 'muted' }, ` ${this.#titleOfProblem(problem)}: `),
      titleOf(verdict),
    )));
  };

  constructor(titleOfProblem: (problem: string) => string) {
    this.#titleOfProblem = titleOfProblem;
  }

  /** Takes the latest verdicts, which replace the others, or one more. */
  take(data: FeedEntry | { latest: FeedEntry[] }): void {
    if ('latest' in data) this.#entries.splice(0, this.#entries.length, ...data.latest);
    else this.#entries.unshift(data);
    this.#entries.length = Math.min(this.#entries.length, rows);
    this.repaint();
  }

  /** Draws the list again, as when the titles of the problems have arrived. */
  repaint(): void {
    painter.mark(this.#paint);
  }
}
