import { element, setText } from '../page/element';
import type { Watch } from './model/watch';

const head = ['Way', 'Verdict after', 'Requests', 'Steps seen', 'Bodies'];

/** "How would you have known?": the same run, watched in four ways with real requests. */
export class WatchPanel {
  readonly #body = element('tbody');
  readonly #note = element('p', { class: 'muted' }, 'Submit a program: this page then watches the same run in four ways at once.');
  readonly #table = element(
    'table',
    { hidden: true },
    element('thead', {}, element('tr', {}, ...head.map((name) => element('th', { scope: 'col' }, name)))),
    this.#body,
  );

  readonly root = element(
    'section',
    { class: 'panel watches' },
    element('header', {}, element('h2', {}, 'How would you have known?')),
    element(
      'div',
      { class: 'inside' },
      this.#note,
      this.#table,
    ),
  );

  paint(watches: readonly Watch[], steps: number, line: string): void {
    this.#table.hidden = false;
    this.#body.replaceChildren(...watches.map((watch) => row(watch, steps)));
    const way = line ? `All four go over the line “${line}”.` : 'All four go to the server directly.';
    setText(this.#note, `Real requests. ${way} The heads of each request and response come on top of the bodies.`);
  }
}

function row(watch: Watch, steps: number): HTMLElement {
  const learned = watch.learnedMilliseconds;
  const texts = [
    learned === undefined ? '…' : `${Math.round(learned)} ms`,
    String(watch.requests),
    `${watch.seen.size} of ${steps}`,
    `${watch.bodyBytes} B`,
  ];
  return element(
    'tr',
    {},
    element('th', { scope: 'row' }, watch.name),
    ...texts.map((text) => element('td', { class: 'number' }, text)),
  );
}
