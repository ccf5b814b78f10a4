import { copyText } from '../../page/copyText';
import { element } from '../../page/element';
import { toast } from '../../page/toasts';
import type { Figures } from '../model/figures';
import { reportOf } from '../model/report';
import { queryOf, type Settings } from '../model/settings';
import { verdictOf } from '../model/verdict';
import type { NamedWay } from '../ways/ways';

/** The panel below the table: the verdict of the run that has ended, and the buttons that copy it. */
export class Outcome {
  readonly root: HTMLElement;
  readonly #ways: readonly NamedWay[];
  readonly #list = element('ul');
  #settings: Settings | undefined;
  #figures: readonly Figures[] = [];

  constructor(ways: readonly NamedWay[]) {
    this.#ways = ways;
    const button = (title: string, text: () => string) =>
      element('button', { type: 'button', class: 'button', click: () => void copy(text()) }, title);
    this.root = element(
      'section',
      { 'class': 'panel outcome', 'aria-label': 'Verdict', 'hidden': true },
      element('h2', {}, 'Verdict'),
      this.#list,
      element(
        'div',
        { class: 'choices' },
        button('Copy as a table', () => this.#report()),
        button('Copy a link that repeats the run', () => this.#link()),
      ),
    );
  }

  show(settings: Settings, figures: readonly Figures[]): void {
    [this.#settings, this.#figures] = [settings, figures];
    this.#list.replaceChildren(...this.#verdict().map((sentence) => element('li', {}, sentence)));
    this.root.hidden = false;
  }

  hide(): void {
    this.root.hidden = true;
  }

  #verdict(): readonly string[] {
    return verdictOf(Object.fromEntries(this.#ways.map(({ id }, index) => [id, this.#figures[index]])));
  }

  #link(): string {
    return this.#settings ? `${location.origin}/lab?${queryOf(this.#settings)}` : location.href;
  }

  #report(): string {
    return this.#settings ? reportOf(this.#ways, this.#settings, this.#figures, this.#verdict(), this.#link()) : '';
  }
}

async function copy(text: string): Promise<void> {
  toast(await copyText(text) ? 'Copied.' : 'The browser does not allow copying.', { subject: 'copied' });
}
