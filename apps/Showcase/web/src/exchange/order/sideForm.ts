import { facts } from '../../page/dialog';
import { element, setText } from '../../page/element';
import { isComposing } from '../../page/keys';
import type { BookSide } from '../market/bookSide';
import { divideFine, formatFine, formatUnits, multiplyFine, parseFine, trimFine } from '../market/decimal';
import { readNumber } from '../market/readNumber';
import type { Instrument } from '../market/symbol';
import { walk } from '../market/walk';
import { amountForPercent, amountForTotal, type Draft, type Judgement, judge } from './orderRules';

export interface SideContext {
  instrument: Instrument;
  /** Returns the free balance of an asset; undefined while it is not loaded. */
  free: (asset: string) => bigint | undefined;
  /** Returns the side of the book against which an order trades. */
  opposite: (side: 'buy' | 'sell') => BookSide;
  /** Returns the best price of the order's own side. */
  ownBest: (side: 'buy' | 'sell') => string | undefined;
  send: (form: SideForm, byKey: boolean) => void;
}

const longestTyped = 40;

const numberField = (placeholder: string) =>
  element('input', { type: 'text', inputmode: 'decimal', autocomplete: 'off', class: 'number', maxlength: longestTyped, placeholder });

/** One side of the order form: buy or sell. */
export class SideForm {
  readonly root: HTMLFormElement;
  readonly side: 'buy' | 'sell';
  readonly #context: SideContext;
  readonly #available = element('span', { class: 'number' });
  readonly #price = numberField('');
  readonly #amount = numberField('0');
  readonly #unit: HTMLSelectElement;
  readonly #slider = element('input', { type: 'range', min: 0, max: 100, step: 1, value: 0 });
  readonly #percent = element('output', { class: 'number muted' }, '0%');
  readonly #total = numberField('–');
  readonly #fee = element('span', { class: 'number muted' }, '–');
  readonly #average = element('span', { class: 'number' }, '–');
  readonly #slippage = element('span', { class: 'number muted' });
  readonly #problem = element('p', { class: 'problem', role: 'alert' });
  readonly #submit: HTMLButtonElement;
  readonly #priceField: HTMLElement;
  readonly #averageField: HTMLElement;
  #type: Draft['type'] = 'limit';
  #byKey = false;
  #isBusy = false;
  #isLive = true;
  /** The problem reported by the server or the rules, until a change resolves it. */
  #said: Judgement['problem'];
  /** The suggested price, while the field contains no typed one. */
  #suggested = '';
  /** The fixed amount that a market buy by a share of the balance spends, regardless of changes of the book. */
  #spends: string | undefined;

  constructor(side: 'buy' | 'sell', context: SideContext) {
    this.side = side;
    this.#context = context;
    const { base, quote } = context.instrument;
    const verb = side === 'buy' ? 'Buy' : 'Sell';
    this.#price.setAttribute('aria-label', `${verb} price in ${quote}`);
    this.#amount.setAttribute('aria-label', `${verb} amount`);
    this.#total.setAttribute('aria-label', `${verb} total in ${quote}`);
    this.#slider.setAttribute('aria-label', `${verb} with a share of what is available`);
    this.#unit = element(
      'select',
      { 'aria-label': 'Unit of the amount', 'hidden': true },
      element('option', { value: 'base' }, base),
      element('option', { value: 'quote' }, quote),
    );
    this.#submit = element(
      'button',
      { 'type': 'submit', 'class': `button ${side}`, 'data-testid': `submit-${side}` },
      `${verb} ${base}`,
    );
    const best = element(
      'button',
      {
        type: 'button',
        class: 'button plain',
        title: side === 'buy' ? 'Best bid' : 'Best offer',
        click: () => this.#takeBest(),
      },
      'Best',
    );
    this.#priceField = element(
      'label',
      { class: 'field' },
      element('span', { class: 'muted' }, 'Price'),
      this.#price,
      element('span', { class: 'muted' }, quote),
      best,
    );
    // It takes the place of the limit price field, so the layout does not move when the type changes.
    this.#averageField = element(
      'p',
      { class: 'field average', hidden: true, title: 'The average price of the order at the current book' },
      element('span', { class: 'muted' }, 'Average'),
      this.#slippage,
      this.#average,
    );
    this.root = element(
      'form',
      { 'class': `side ${side}`, 'novalidate': true, 'aria-label': `${verb} ${base}` },
      element('p', { class: 'line' }, element('span', { class: 'muted' }, 'Available'), this.#available),
      this.#priceField,
      this.#averageField,
      element(
        'label',
        { class: 'field' },
        element('span', { class: 'muted' }, 'Amount'),
        this.#amount,
        element('span', { class: 'muted base' }, base),
        this.#unit,
      ),
      element('div', { class: 'share' }, this.#slider, this.#percent),
      element(
        'label',
        { class: 'field' },
        element('span', { class: 'muted' }, 'Total'),
        this.#total,
        element('span', { class: 'muted' }, quote),
      ),
      element('p', { class: 'line' }, element('span', { class: 'muted' }, 'Fee'), this.#fee),
      this.#problem,
      this.#submit,
    );
    this.#listen();
  }

  set type(type: Draft['type']) {
    this.#type = type;
    this.#priceField.hidden = type === 'market';
    this.#averageField.hidden = type === 'limit';
    this.#total.readOnly = type === 'market';
    const isMarketBuy = type === 'market' && this.side === 'buy';
    this.#unit.hidden = !isMarketBuy;
    this.root.classList.toggle('with-unit', isMarketBuy);
    this.#said = undefined;
    this.#spends = undefined;
    this.paint();
  }

  get draft(): Draft {
    const isMarketBuy = this.#type === 'market' && this.side === 'buy';
    return {
      side: this.side,
      type: this.#type,
      price: this.#price.value,
      amount: this.#spends ?? this.#amount.value,
      isInQuote: isMarketBuy && (this.#spends !== undefined || this.#unit.value === 'quote'),
    };
  }

  get judgement(): Judgement {
    const { instrument, free, opposite } = this.#context;
    return judge(this.draft, { instrument, free: free(this.#paysWith), book: opposite(this.side) });
  }

  setPrice(price: string): void {
    this.#price.value = price;
    this.#suggested = '';
    this.#slideTo();
    this.#relent();
    this.paint();
  }

  /** Recomputes a market order after a change of the book. */
  follow(): void {
    if (this.#type === 'market' && this.#amount.value !== '') this.paint();
  }

  /** Suggests a price while none was typed, but not while the field has the focus. */
  suggestPrice(price: string, isNewMarket: boolean): void {
    const isUntouched = this.#price.value === '' || (isNewMarket && this.#price.value === this.#suggested);
    if (!isUntouched || document.activeElement === this.#price) return;
    this.setPrice(price);
    this.#suggested = price;
  }

  setBusy(isBusy: boolean): void {
    this.#isBusy = isBusy;
    this.paint();
  }

  setLive(isLive: boolean): void {
    this.#isLive = isLive;
    this.paint();
  }

  sent(): void {
    this.#amount.value = '';
    this.#slider.value = '0';
    this.#said = this.#spends = undefined;
    this.paint();
  }

  refuse(text: string): void {
    this.#said = { field: 'amount', text };
    this.paint();
  }

  focus(): void {
    (this.#type === 'limit' ? this.#price : this.#amount).focus();
  }

  /** Returns the summary of the order for the confirmation dialog. */
  summary(): HTMLElement {
    const { base, quote, pricePlaces, quantityPlaces } = this.#context.instrument;
    const { draft, judgement } = this;
    const about = draft.type === 'market' ? '≈ ' : '';
    const entries: [string, string][] = [['Order', `${draft.type} ${draft.side}`]];
    if (draft.type === 'limit') entries.push(['Price', `${judgement.price} ${quote}`]);
    if (judgement.average) entries.push(['Average', `≈ ${formatFine(judgement.average.price, pricePlaces, true)} ${quote}`]);
    entries.push(
      ['Amount', `${draft.isInQuote ? '≈ ' : ''}${formatFine(judgement.quantity, quantityPlaces, true)} ${base}`],
      ['Total', `${about}${formatFine(judgement.value, pricePlaces, true)} ${quote}`],
    );
    return facts(entries);
  }

  readonly paint = (): void => {
    const { instrument, free } = this.#context;
    const { base, quote, pricePlaces, quantityPlaces } = instrument;
    const available = free(this.#paysWith);
    const places = this.side === 'buy' ? 2 : quantityPlaces;
    setText(
      this.#available,
      available === undefined ? '–' : `${formatFine(available, places, true)} ${this.#paysWith}`,
    );
    const judged = this.judgement;
    const about = this.#type === 'market' ? '≈ ' : '';
    if (this.#total.readOnly || document.activeElement !== this.#total)
      this.#total.value = judged.value === 0n ? '' : `${about}${formatFine(judged.value, pricePlaces, true)}`;
    setText(this.#fee, judged.fee === 0n ? '–' : `${formatFine(judged.fee, 6, true)} ${this.side === 'buy' ? base : quote}`);
    setText(this.#average, judged.average ? `≈ ${formatFine(judged.average.price, pricePlaces, true)} ${quote}` : '–');
    setText(this.#slippage, judged.average ? `slippage ${formatUnits(judged.average.slippage, 2)}%` : '');
    setText(this.#problem, this.#said?.text ?? '');
    this.#price.setAttribute('aria-invalid', String(this.#said?.field === 'price'));
    this.#amount.setAttribute('aria-invalid', String(this.#said?.field === 'amount'));
    setText(this.#percent, `${this.#slider.value}%`);
    this.#slider.style.setProperty('--share', `${this.#slider.value}%`);
    this.#submit.disabled = this.#isBusy || !this.#isLive;
    setText(
      this.#submit,
      this.#isLive ? `${this.side === 'buy' ? 'Buy' : 'Sell'} ${base}` : 'Waiting for the connection',
    );
  };

  get #paysWith(): string {
    return this.side === 'buy' ? this.#context.instrument.quote : this.#context.instrument.base;
  }

  #listen(): void {
    const { tickSize, stepSize } = this.#context.instrument;
    for (const [field, size] of [[this.#price, tickSize], [this.#amount, stepSize]] as const) {
      field.addEventListener('input', () => {
        if (field === this.#amount) this.#spends = undefined;
        else this.#suggested = '';
        this.#slideTo();
        this.#relent();
        this.paint();
      });
      field.addEventListener('keydown', (event) => this.#step(event, field, size));
      // A number is validated when the field loses the focus, not at each key.
      field.addEventListener('change', () => this.#tidy(field));
    }
    this.#total.addEventListener('input', () => this.#takeTotal());
    this.#total.addEventListener('change', () => this.#tidy(this.#amount));
    this.#unit.addEventListener('change', () => {
      this.#amount.value = '';
      this.#slider.value = '0';
      this.#said = this.#spends = undefined;
      this.paint();
    });
    this.#slider.addEventListener('input', () => this.#takeShare(Number(this.#slider.value)));
    this.root.addEventListener('keydown', (event) => {
      this.#byKey = event.key === 'Enter' && event.target instanceof HTMLInputElement;
      if (this.#byKey && isComposing(event)) event.preventDefault();
    });
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      for (const field of [this.#price, this.#amount]) this.#plain(field);
      const { problem } = this.judgement;
      this.#said = problem;
      this.paint();
      if (problem) (problem.field === 'price' ? this.#price : this.#amount).focus();
      else this.#context.send(this, this.#byKey);
      this.#byKey = false;
    });
  }

  /** Removes a reported problem that no longer applies. */
  #relent(): void {
    const { problem } = this.judgement;
    if (!problem || problem.field !== this.#said?.field) this.#said = undefined;
  }

  #tidy(field: HTMLInputElement): void {
    this.#plain(field);
    const { problem } = this.judgement;
    const isEmpty = this.#amount.value.trim() === '';
    // The other field may still be empty.
    this.#said = problem && (problem.field === 'price' || !isEmpty) ? problem : undefined;
    this.paint();
  }

  /** Formats a typed number as it will be sent, so that the user sees how it was parsed. */
  #plain(field: HTMLInputElement): void {
    const { text } = readNumber(field.value, this.#unitOf(field));
    if (text !== undefined && field.value !== text) field.value = text;
  }

  #unitOf(field: HTMLInputElement): string {
    const { base, quote } = this.#context.instrument;
    return field === this.#price || this.draft.isInQuote ? quote : base;
  }

  #numberIn(field: HTMLInputElement): bigint | undefined {
    return parseFine(readNumber(field.value, this.#unitOf(field)).text ?? '');
  }

  // The arrow keys change the number by one tick or step, with Shift by ten.
  #step(event: KeyboardEvent, field: HTMLInputElement, size: string): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const step = (parseFine(size) ?? 0n) * (event.shiftKey ? 10n : 1n);
    const value = (this.#numberIn(field) ?? 0n) + (event.key === 'ArrowUp' ? step : -step);
    const places
      = field === this.#price ? this.#context.instrument.pricePlaces : this.#context.instrument.quantityPlaces;
    field.value = formatFine(value < 0n ? 0n : value, places);
    field.dispatchEvent(new Event('input'));
  }

  #takeBest(): void {
    const best = this.#context.ownBest(this.side);
    if (best) this.setPrice(best);
  }

  #takeShare(percent: number): void {
    const { instrument, free, opposite } = this.#context;
    const available = free(this.#paysWith) ?? 0n;
    const step = parseFine(instrument.stepSize) ?? 0n;
    const share = (available * BigInt(percent)) / 100n;
    this.#spends = undefined;
    let amount: bigint;
    if (this.draft.isInQuote) amount = parseFine(formatFine(share, 2)) ?? 0n;
    else if (this.side === 'buy' && this.#type === 'market') {
      amount = walk(opposite(this.side), instrument, { value: share }).quantity;
      if (amount > 0n) this.#spends = formatFine(share, 2);
    } else {
      const price = this.#numberIn(this.#price) ?? 0n;
      amount = amountForPercent(this.side, percent, available, price, step);
    }
    this.#amount.value = amount === 0n ? '' : trimFine(amount);
    this.#said = percent > 0 ? this.judgement.problem : undefined;
    this.paint();
  }

  /** Sets the amount that a typed total pays for at the price. */
  #takeTotal(): void {
    const { instrument } = this.#context;
    const total = parseFine(readNumber(this.#total.value, instrument.quote).text ?? '');
    const price = this.#numberIn(this.#price);
    if (total === undefined || price === undefined) return;
    const amount = amountForTotal(total, price, parseFine(instrument.stepSize) ?? 0n);
    this.#amount.value = amount === 0n ? '' : trimFine(amount);
    this.#slideTo();
    this.#relent();
    this.paint();
  }

  /** Moves the slider to the share of the amount. */
  #slideTo(): void {
    if (this.#spends !== undefined) return;
    const { instrument, free, opposite } = this.#context;
    const amount = this.#numberIn(this.#amount) ?? 0n;
    const available = free(this.#paysWith) ?? 0n;
    const pays = this.side === 'sell' || this.draft.isInQuote
      ? amount
      : this.#type === 'limit'
        ? multiplyFine(amount, this.#numberIn(this.#price) ?? 0n)
        : walk(opposite(this.side), instrument, { quantity: amount }).value;
    const share = available === 0n ? 0 : Number((divideFine(pays, available) * 100n) / 10n ** 8n);
    this.#slider.value = String(Math.min(100, share));
  }
}
