import { facts } from '../../page/dialog';
import { element, setText } from '../../page/element';
import { divideFine, formatFine, multiplyFine, parseFine, trimFine } from '../market/decimal';
import type { Instrument } from '../market/symbol';
import { amountForPercent, type Draft, type Judgement, judge } from './orderRules';

export interface SideContext {
  instrument: Instrument;
  free: (asset: string) => bigint;
  /** Best price to trade against at once. */
  reference: (side: 'buy' | 'sell') => bigint | undefined;
  /** Best price of one's own side. */
  ownBest: (side: 'buy' | 'sell') => string | undefined;
  send: (form: SideForm, byKey: boolean) => void;
}

/** One side of the order form: buy or sell. */
export class SideForm {
  readonly root: HTMLFormElement;
  readonly side: 'buy' | 'sell';
  readonly #context: SideContext;
  readonly #available = element('span', { class: 'number' });
  readonly #price = element('input', {
    type: 'text',
    inputmode: 'decimal',
    autocomplete: 'off',
    class: 'number',
  });

  readonly #amount = element('input', {
    type: 'text',
    inputmode: 'decimal',
    autocomplete: 'off',
    class: 'number',
    placeholder: '0',
  });

  readonly #unit: HTMLSelectElement;
  readonly #slider = element('input', { type: 'range', min: 0, max: 100, step: 1, value: 0 });
  readonly #percent = element('output', { class: 'number muted' }, '0%');
  readonly #total = element('span', { class: 'number' }, '–');
  readonly #fee = element('span', { class: 'number muted' }, '–');
  readonly #problem = element('p', { class: 'problem', role: 'alert' });
  readonly #submit: HTMLButtonElement;
  readonly #priceField: HTMLElement;
  #type: Draft['type'] = 'limit';
  #byKey = false;
  #hasTried = false;
  #isBusy = false;
  #isLive = true;

  constructor(side: 'buy' | 'sell', context: SideContext) {
    this.side = side;
    this.#context = context;
    const { base, quote } = context.instrument;
    const verb = side === 'buy' ? 'Buy' : 'Sell';
    this.#price.setAttribute('aria-label', `${verb} price in ${quote}`);
    this.#amount.setAttribute('aria-label', `${verb} amount`);
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
    this.root = element(
      'form',
      { 'class': `side ${side}`, 'novalidate': true, 'aria-label': `${verb} ${base}` },
      element('p', { class: 'line' }, element('span', { class: 'muted' }, 'Available'), this.#available),
      this.#priceField,
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
        'p',
        { class: 'line' },
        element('span', { class: 'muted' }, 'Total'),
        this.#total,
        element('span', { class: 'muted fee' }, 'fee'),
        this.#fee,
      ),
      this.#problem,
      this.#submit,
    );
    this.#listen();
  }

  set type(type: Draft['type']) {
    this.#type = type;
    this.#priceField.hidden = type === 'market';
    const isMarketBuy = type === 'market' && this.side === 'buy';
    this.#unit.hidden = !isMarketBuy;
    this.root.classList.toggle('with-unit', isMarketBuy);
    this.#hasTried = false;
    this.paint();
  }

  get draft(): Draft {
    return {
      side: this.side,
      type: this.#type,
      price: this.#price.value.trim(),
      amount: this.#amount.value.trim(),
      isInQuote: this.#type === 'market' && this.side === 'buy' && this.#unit.value === 'quote',
    };
  }

  get judgement(): Judgement {
    const { instrument, free, reference } = this.#context;
    return judge(this.draft, { instrument, free: free(this.#paysWith), reference: reference(this.side) });
  }

  setPrice(price: string): void {
    this.#price.value = price;
    this.paint();
  }

  /** A price before anybody typed one. */
  suggestPrice(price: string): void {
    if (this.#price.value === '' && document.activeElement !== this.#price) this.setPrice(price);
  }

  setBusy(isBusy: boolean, isLive: boolean): void {
    this.#isBusy = isBusy;
    this.#isLive = isLive;
    this.paint();
  }

  sent(): void {
    this.#amount.value = '';
    this.#slider.value = '0';
    this.#hasTried = false;
    this.paint();
  }

  refuse(text: string): void {
    setText(this.#problem, text);
  }

  focus(): void {
    (this.#type === 'limit' ? this.#price : this.#amount).focus();
  }

  /** What is about to be sent, for a question. */
  summary(): HTMLElement {
    const { base, quote, pricePlaces, quantityPlaces } = this.#context.instrument;
    const { draft, judgement } = this;
    return facts([
      ['Order', `${draft.type} ${draft.side}`],
      ...(draft.type === 'limit' ? ([['Price', `${draft.price} ${quote}`]] as [string, string][]) : []),
      [
        'Amount',
        `${draft.isInQuote ? '≈ ' : ''}${formatFine(judgement.quantity, quantityPlaces, true)} ${base}`,
      ],
      [
        'Total',
        `${draft.type === 'market' ? '≈ ' : ''}${formatFine(judgement.value, pricePlaces, true)} ${quote}`,
      ],
    ]);
  }

  readonly paint = (): void => {
    const { instrument, free } = this.#context;
    const { base, quote, pricePlaces } = instrument;
    setText(
      this.#available,
      `${formatFine(free(this.#paysWith), this.side === 'buy' ? 2 : instrument.quantityPlaces, true)} ${this.#paysWith}`,
    );
    const judged = this.judgement;
    const isEmpty = this.#amount.value.trim() === '';
    const about = this.#type === 'market' ? '≈ ' : '';
    setText(
      this.#total,
      isEmpty || judged.value === 0n
        ? '–'
        : `${about}${formatFine(judged.value, pricePlaces, true)} ${quote}`,
    );
    setText(
      this.#fee,
      isEmpty || judged.fee === 0n
        ? '–'
        : `${formatFine(judged.fee, 6, true)} ${this.side === 'buy' ? base : quote}`,
    );
    setText(this.#problem, judged.problem && (this.#hasTried || !isEmpty) ? judged.problem.text : '');
    this.#price.setAttribute('aria-invalid', String(judged.problem?.field === 'price' && this.#hasTried));
    this.#amount.setAttribute(
      'aria-invalid',
      String(judged.problem?.field === 'amount' && (this.#hasTried || !isEmpty)),
    );
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
    this.#price.addEventListener('input', this.paint);
    this.#price.addEventListener('keydown', (event) =>
      this.#step(event, this.#price, this.#context.instrument.tickSize),
    );
    this.#amount.addEventListener('input', () => {
      this.#slideTo();
      this.paint();
    });
    this.#amount.addEventListener('keydown', (event) =>
      this.#step(event, this.#amount, this.#context.instrument.stepSize),
    );
    this.#unit.addEventListener('change', () => {
      this.#amount.value = '';
      this.#slider.value = '0';
      this.paint();
    });
    this.#slider.addEventListener('input', () => this.#takeShare(Number(this.#slider.value)));
    this.root.addEventListener('keydown', (event) => {
      this.#byKey = event.key === 'Enter' && event.target instanceof HTMLInputElement;
    });
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#hasTried = true;
      this.paint();
      const { problem } = this.judgement;
      if (problem) (problem.field === 'price' ? this.#price : this.#amount).focus();
      else this.#context.send(this, this.#byKey);
      this.#byKey = false;
    });
  }

  // Up and down move by one tick or step, with Shift by ten.
  #step(event: KeyboardEvent, field: HTMLInputElement, size: string): void {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    const step = (parseFine(size) ?? 0n) * (event.shiftKey ? 10n : 1n);
    const value = (parseFine(field.value.trim()) ?? 0n) + (event.key === 'ArrowUp' ? step : -step);
    const places
      = field === this.#price ? this.#context.instrument.pricePlaces : this.#context.instrument.quantityPlaces;
    field.value = formatFine(value < 0n ? 0n : value, places);
    field.dispatchEvent(new Event('input'));
  }

  #takeBest(): void {
    const best = this.#context.ownBest(this.side);
    if (best) this.setPrice(best);
  }

  #priceForShare(): bigint | undefined {
    return this.#type === 'limit' ? parseFine(this.#price.value.trim()) : this.#context.reference(this.side);
  }

  #takeShare(percent: number): void {
    const { instrument, free } = this.#context;
    const available = free(this.#paysWith);
    if (this.draft.isInQuote) {
      this.#amount.value = formatFine((available * BigInt(percent)) / 100n, 2);
    } else {
      const price = this.#priceForShare();
      const step = parseFine(instrument.stepSize) ?? 0n;
      const amount = price === undefined ? 0n : amountForPercent(this.side, percent, available, price, step);
      this.#amount.value = amount === 0n ? '' : trimFine(amount);
    }
    this.paint();
  }

  #slideTo(): void {
    const amount = parseFine(this.#amount.value.trim()) ?? 0n;
    const available = this.#context.free(this.#paysWith);
    const price = this.#priceForShare() ?? 0n;
    const pays = this.side === 'buy' && !this.draft.isInQuote ? multiplyFine(amount, price) : amount;
    const share = available === 0n ? 0 : Number((divideFine(pays, available) * 100n) / 10n ** 8n);
    this.#slider.value = String(Math.min(100, share));
  }
}
