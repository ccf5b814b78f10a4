import { element, setText } from '../page/element';
import type { Problem } from './problems';

/** The list of problems, and the statement of the open one. */
export class ProblemPanel {
  readonly #list = element('nav', { 'aria-label': 'Problems', 'class': 'problems' });
  readonly #title = element('h2');
  readonly #text = element('p');
  readonly #samples = element('dl', { class: 'detail' });
  readonly root = element(
    'section',
    { class: 'panel problem' },
    this.#list,
    element('div', { class: 'inside' }, this.#title, this.#text, this.#samples),
  );

  readonly #visit: (id: string) => void;

  constructor(visit: (id: string) => void) {
    this.#visit = visit;
  }

  paint(problems: readonly Problem[], open: Problem): void {
    this.#list.replaceChildren(...problems.map((problem) => this.#link(problem, problem === open)));
    setText(this.#title, open.title);
    setText(this.#text, `${open.text} (${open.tests} tests)`);
    this.#samples.replaceChildren(...open.samples.flatMap(({ input, expected }) => [
      element('dt', {}, 'Sample'),
      element('dd', { class: 'number' }, `solve(${input.slice(1, -1)}) → ${expected}`),
    ]));
  }

  #link({ id, title }: Problem, isOpen: boolean): HTMLElement {
    const visit = (event: Event) => {
      const { ctrlKey, metaKey, shiftKey } = event as MouseEvent;
      if (ctrlKey || metaKey || shiftKey) return;
      event.preventDefault();
      this.#visit(id);
    };
    return element('a', { 'href': `/judge/${id}`, 'aria-current': isOpen ? 'page' : undefined, 'click': visit }, title);
  }
}
