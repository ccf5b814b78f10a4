import { element, setData, setText } from '../../page/element';
import type { Market } from '../market/market';
import { type Instrument, showPrice } from '../market/symbol';
import { changeOf, compact } from '../market/ticker';

/** A link to a market with its price, and its change or volume. */
export class MarketRow {
  readonly root: HTMLAnchorElement;
  readonly #instrument: Instrument;
  readonly #figure = element('span', { class: 'number' }, '–');
  readonly #market: Market;
  readonly #price = element('span', { class: 'number' }, '–');

  constructor(instrument: Instrument, market: Market) {
    this.#instrument = instrument;
    this.#market = market;
    this.root = element(
      'a',
      { href: `/exchange/${instrument.symbol}`, ...(this.#isHere ? { 'aria-current': 'page' } : {}) },
      element('span', {}, instrument.base, element('span', { class: 'muted' }, `/${instrument.quote}`)),
      this.#price,
      this.#figure,
    );
  }

  get #isHere(): boolean {
    return this.#instrument.symbol === this.#market.instrument.symbol;
  }

  paint(figure: 'change' | 'volume' = 'change'): void {
    const ticker = this.#market.tickers.get(this.#instrument.symbol);
    if (!ticker) return;
    const last = this.#isHere ? this.#market.last : undefined;
    setText(this.#price, last?.text ?? showPrice(ticker.last, this.#instrument));
    const moved = changeOf(ticker, this.#instrument, last?.price);
    const isVolume = figure === 'volume';
    setText(this.#figure, isVolume ? compact(ticker.quoteVolume) : moved.percent);
    setData(this.#figure, 'direction', isVolume ? 'none' : moved.direction);
  }
}
