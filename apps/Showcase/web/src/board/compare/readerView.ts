import { element, setData, setText } from '../../page/element';
import { Sparkline } from '../../page/sparkline';
import { quantile, showAge } from '../model/age';
import type { Reader } from './reader';

const shownRows = 5;
const history = 60;
const lateMilliseconds = 5000;

/** A reader's figures: what it has received, what it was spared, and how old its prices are. */
export class ReaderView {
  readonly root: HTMLElement;
  readonly #reader: Reader;
  readonly #figures = new Map<string, HTMLElement>();
  readonly #verdict = element('p', { class: 'verdict', role: 'status' });
  readonly #line = new Sparkline();
  readonly #rows = element('ul', { class: 'prices number' });
  readonly #ages: number[] = [];

  constructor(reader: Reader) {
    this.#reader = reader;
    const list = element('dl', { class: 'facts' });
    for (const [name, title] of [['received', 'received'], ['skipped', 'skipped'], ['median', 'age, median'], ['most', 'age, 95 of 100'], ['bytes', 'bytes']] as const) {
      const value = element('dd', { 'class': 'number', 'data-name': name }, '–');
      this.#figures.set(name, value);
      list.append(element('dt', {}, title), value);
    }
    this.root = element(
      'div',
      { 'class': 'reader', 'role': 'group', 'aria-label': reader.plan.title, 'data-reader': reader.plan.id },
      element('h3', {}, reader.plan.title),
      this.#verdict,
      list,
      element('div', { class: 'ages', title: 'The age of 95 of 100 prices during the last minute' }, this.#line.root),
      this.#rows,
    );
  }

  /** Draws the figures; called once a second. */
  draw(ageOf: (time: number) => number | undefined): void {
    const reader = this.#reader;
    setData(this.root, 'state', reader.state);
    const quotes = [...reader.quotes.values()];
    const ages = quotes.map(({ t }) => ageOf(t) ?? 0);
    const most = quantile(ages, 0.95);
    setText(this.#verdict, this.#sentence(most));
    if (quotes.length === 0) return;
    this.#set('received', reader.received.toLocaleString('en'));
    this.#set('skipped', reader.skipped.toLocaleString('en'));
    this.#set('median', showAge(quantile(ages, 0.5)));
    this.#set('most', showAge(most));
    this.#set('bytes', reader.bytes.toLocaleString('en'));
    if (reader.state === 'reading') {
      this.#ages.push(most);
      if (this.#ages.length > history) this.#ages.shift();
      this.#line.draw([0, ...this.#ages]);
    }
    this.#rows.replaceChildren(...quotes.slice(0, shownRows).map(({ s, p, t }) => {
      const age = ageOf(t) ?? 0;
      const cells = [s, p, showAge(age)].map((text) => element('span', {}, text));
      return element('li', { 'data-late': age > lateMilliseconds ? 'yes' : '' }, ...cells);
    }));
  }

  #set(name: string, text: string): void {
    const value = this.#figures.get(name);
    if (value) setText(value, text);
  }

  // Words that change seldom, because screen readers announce them.
  #sentence(most: number): string {
    const { state, reason, lasted, plan, skipped } = this.#reader;
    if (state === 'opening') return 'The line is opening …';
    if (state === 'failed') return reason;
    if (state === 'disconnected') return `Disconnected with ${reason} after ${lasted} s: its queue was full.`;
    if (plan.channel === 'board-queued:all')
      return most > lateMilliseconds ? 'Nothing is skipped, so every price is older than the one before.' : 'Every quote waits in its queue.';
    return skipped > 0 ? 'Newer prices take the place of older ones that wait.' : 'Receives every quote.';
  }
}
