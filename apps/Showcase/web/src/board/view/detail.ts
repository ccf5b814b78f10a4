import { element, setData, setText } from '../../page/element';
import { randomId } from '../../page/randomId';
import { Sparkline } from '../../page/sparkline';
import { showAge } from '../model/age';
import { exchangeSector } from '../model/selection';
import { changeOf, type Row, showChange } from '../model/table';
import type { Watched } from '../model/watched';
import { attempt } from '../server';

const idBytes = 12;

/** The chosen instrument: its session, its alert, and the lists that contain it. */
export class Detail {
  readonly root: HTMLElement;
  readonly #watched: Watched;
  readonly #newList: (symbol: string) => void;
  readonly #symbol = element('h2', {}, '');
  readonly #name = element('span', { class: 'muted' });
  readonly #price = element('strong', { class: 'number' }, '–');
  readonly #change = element('span', { class: 'number' });
  readonly #words = element('p', { class: 'muted' });
  readonly #line = new Sparkline();
  readonly #session = element('div', { class: 'session' }, this.#line.root);
  readonly #range = element('p', { class: 'muted number range' });
  readonly #level = element('input', { inputmode: 'decimal', autocomplete: 'off', maxlength: 16, id: 'level' });
  readonly #hint = element('p', { class: 'muted', role: 'status' });
  readonly #alert: HTMLElement;
  readonly #exchange = element('a', { class: 'button primary' }, 'Open in the exchange');
  readonly #noAlert = element('p', { class: 'muted' }, 'Alerts compare the board’s own prices, so a market of the exchange has none.');
  readonly #lists = element('div', { class: 'choices' });
  #row: Row | undefined;
  #past: readonly number[] = [];

  constructor(watched: Watched, newList: (symbol: string) => void) {
    this.#watched = watched;
    this.#newList = newList;
    this.#alert = element(
      'form',
      { class: 'alert-form', submit: (event) => this.#submit(event) },
      element('label', { for: 'level' }, 'Alert at the price'),
      element('div', { class: 'field' }, this.#level, element('button', { class: 'button', type: 'submit' }, 'Set alert')),
      this.#hint,
    );
    this.#level.addEventListener('input', () => this.#paintHint());
    this.root = element(
      'section',
      { 'class': 'panel detail', 'aria-label': 'Chosen instrument' },
      element('header', {}, this.#symbol, this.#name),
      element(
        'div',
        { class: 'inside' },
        element('p', { class: 'big' }, this.#price, this.#change),
        this.#words,
        this.#session,
        this.#range,
        this.#exchange,
        this.#noAlert,
        this.#alert,
        element('h3', {}, 'Lists with it'),
        this.#lists,
      ),
    );
  }

  get row(): Row | undefined {
    return this.#row;
  }

  /** Shows another instrument. */
  show(row: Row): void {
    this.#row = row;
    this.#past = [];
    setText(this.#symbol, row.symbol);
    setText(this.#name, row.name);
    const isExchange = row.sector === exchangeSector;
    this.#exchange.hidden = !isExchange;
    this.#exchange.href = `/exchange/${row.symbol}`;
    this.#noAlert.hidden = !isExchange;
    this.#alert.hidden = isExchange;
    this.#level.value = '';
    this.#level.placeholder = row.text;
    this.#line.root.toggleAttribute('hidden', true);
    setText(this.#range, '');
    this.#paintHint();
    this.paintLists();
    this.draw(undefined);
  }

  /** Takes the prices of the session. */
  takePast(symbol: string, past: readonly number[]): void {
    if (symbol !== this.#row?.symbol) return;
    this.#past = past;
    this.#drawPast();
  }

  draw(age: number | undefined): void {
    const row = this.#row;
    if (!row) return;
    setText(this.#price, row.time === 0 ? '–' : row.text);
    const change = changeOf(row);
    const { text, direction } = showChange(change);
    setText(this.#change, text);
    setData(this.#change, 'direction', direction);
    const since = row.sector === exchangeSector ? 'in 24 hours' : 'since 00:00 UTC';
    const moved = direction === '' ? 'Unchanged' : direction === 'up' ? 'Up' : 'Down';
    const old = age === undefined ? '' : `, ${showAge(age)} old`;
    setText(this.#words, change === undefined ? 'No price yet.' : `${moved} ${since}, ${row.sector}${old}.`);
    this.#drawPast();
  }

  /** Moves the focus to the price of the alert. */
  focusAlert(): void {
    if (this.#alert.hidden) return;
    if (this.#level.value === '') this.#level.value = this.#row?.text ?? '';
    this.#level.focus();
    this.#level.select();
    this.#paintHint();
  }

  /** Moves the focus to the panel's first control. */
  focus(): void {
    if (this.#alert.hidden) this.#exchange.focus();
    else this.focusAlert();
  }

  paintLists(): void {
    const row = this.#row;
    if (!row) return;
    const choices = [...this.#watched.lists.values()].map(({ id, name, symbols }) => {
      const isIn = symbols.includes(row.symbol);
      const toggle = () => void attempt(this.#watched.save(id, (list) => {
        const others = list.symbols.filter((symbol) => symbol !== row.symbol);
        return { ...list, symbols: isIn ? others : [...others, row.symbol] };
      }));
      return element(
        'button',
        { 'type': 'button', 'class': 'button', 'aria-pressed': String(isIn), 'data-list': id, 'click': toggle },
        name,
      );
    });
    const focused = (document.activeElement as HTMLElement | null)?.dataset.list;
    const add = element('button', { type: 'button', class: 'button plain', click: () => this.#newList(row.symbol) }, 'Add to a new list');
    this.#lists.replaceChildren(...choices, add);
    if (focused !== undefined) this.#lists.querySelector<HTMLElement>(`[data-list="${CSS.escape(focused)}"]`)?.focus();
  }

  #drawPast(): void {
    const row = this.#row;
    if (!row || this.#past.length === 0 || row.time === 0) return;
    const prices = [...this.#past, row.price];
    const decimals = row.text.split('.')[1]?.length ?? 0;
    setData(this.root, 'trend', row.price > (prices[0] ?? 0) ? 'up' : row.price < (prices[0] ?? 0) ? 'down' : '');
    this.#line.root.toggleAttribute('hidden', false);
    this.#line.draw(prices);
    const [low, high] = [Math.min(...prices), Math.max(...prices)];
    setText(this.#range, `${row.sector === exchangeSector ? '24 hours:' : 'session'} low ${low.toFixed(decimals)} · high ${high.toFixed(decimals)}`);
  }

  #side(): 'above' | 'below' | undefined {
    const level = Number(this.#level.value);
    if (this.#level.value.trim() === '' || !Number.isFinite(level) || !this.#row || this.#row.time === 0) return undefined;
    return level >= this.#row.price ? 'above' : 'below';
  }

  #paintHint(): void {
    const side = this.#side();
    setText(this.#hint, side === undefined
      ? 'The server compares every price with it, also while this page is closed.'
      : `It fires once, when the price is at or ${side} ${this.#level.value.trim()}.`);
  }

  #submit(event: Event): void {
    event.preventDefault();
    const [row, side] = [this.#row, this.#side()];
    if (!row || !side) {
      setText(this.#hint, 'Enter a price with a decimal point, such as 12.34.');
      this.#level.focus();
      return;
    }
    const alert = { id: randomId(idBytes), symbol: row.symbol, side, price: this.#level.value.trim() };
    void attempt(this.#watched.addAlert(alert)).then((isSet) => {
      if (!isSet) return;
      this.#level.value = '';
      setText(this.#hint, `The alert ${side} ${alert.price} is set.`);
    });
  }
}
