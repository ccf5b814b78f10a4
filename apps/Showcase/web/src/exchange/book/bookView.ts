import { element, setData, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { remember, remembered } from '../../page/settings';
import type { Account } from '../account/account';
import { formatUnits, parseUnits } from '../market/decimal';
import { type GroupedLevel, groupLevels, groupSizes, sweep } from '../market/grouping';
import type { Market } from '../market/market';
import { BookRows } from './bookRows';

type View = 'both' | 'bids' | 'asks';

const rowHeight = 20;

/** The order book: both sides around the last price, grouped, with depth bars. */
export class BookView {
  readonly root: HTMLElement;
  readonly #market: Market;
  readonly #account: Account;
  readonly #asks: BookRows;
  readonly #bids: BookRows;
  readonly #middle = element('div', { class: 'middle' });
  readonly #last = element('strong', { 'class': 'number', 'data-testid': 'book-last' }, '–');
  readonly #spread = element('span', { class: 'muted number' });
  readonly #ratio = element('div', { class: 'ratio' });
  readonly #gaps = element('span', { 'class': 'number', 'data-testid': 'book-gaps' });
  readonly #tip = element('div', { class: 'tip', hidden: true, role: 'tooltip' });
  readonly #notice = element('p', { class: 'notice' }, 'Loading the book…');
  readonly #groups = element('select', { 'class': 'button', 'aria-label': 'Group prices by' });
  readonly #body: HTMLElement;
  #view: View = (remembered('book-view') as View) ?? 'both';
  #group = 1;
  #rows = 0;
  #hover: { side: 'bids' | 'asks'; row: number } | undefined;
  #pick: (price: string, side: 'bids' | 'asks') => void;

  constructor(market: Market, account: Account, pick: (price: string, side: 'bids' | 'asks') => void) {
    this.#market = market;
    this.#account = account;
    this.#pick = pick;
    this.#asks = new BookRows('asks', market.instrument);
    this.#bids = new BookRows('bids', market.instrument);
    this.#middle.append(this.#last, this.#spread);
    const { base, quote } = market.instrument;
    this.#body = element(
      'div',
      {
        'class': 'sides number',
        'role': 'group',
        'tabindex': 0,
        'aria-label': 'Order book. Arrow keys select a row, Enter uses its price.',
      },
      this.#asks.root,
      this.#middle,
      this.#bids.root,
    );
    this.root = element(
      'section',
      { 'class': 'panel book', 'aria-label': 'Order book' },
      element('header', {}, element('h2', {}, 'Order book'), ...this.#viewButtons(), this.#groups),
      element(
        'div',
        { class: 'inside' },
        element(
          'div',
          { class: 'columns muted' },
          element('span', {}, `Price (${quote})`),
          element('span', {}, `Amount (${base})`),
          element('span', {}, `Sum (${base})`),
        ),
        this.#notice,
        this.#body,
        this.#ratio,
        element('footer', {}, this.#gaps),
      ),
    );
    document.body.append(this.#tip);
    for (const name of ['buy', 'sell']) this.#ratio.append(element('span', { class: `number ${name}` }));
    this.#listen();
    market.draw(['book', 'last', 'account', 'live'], this.#paint);
  }

  /** Returns the best price of a side as text. */
  best(side: 'bids' | 'asks'): string | undefined {
    const best = this.#market.book[side].best;
    return best === undefined ? undefined : formatUnits(best, this.#market.instrument.pricePlaces);
  }

  #viewButtons(): HTMLElement[] {
    const names: Record<View, string> = { both: 'Both sides', asks: 'Asks', bids: 'Bids' };
    const buttons = (Object.keys(names) as View[]).map((view) =>
      element('button', {
        'type': 'button',
        'class': `button plain icon view-${view}`,
        'title': names[view],
        'aria-label': names[view],
        'aria-pressed': String(view === this.#view),
        'click': () => {
          this.#view = view;
          remember('book-view', view);
          for (const button of buttons)
            button.setAttribute('aria-pressed', String(button.classList.contains(`view-${view}`)));
          this.#fit();
        },
      }),
    );
    for (const button of buttons) button.append(element('i'), element('i'));
    return buttons;
  }

  #listen(): void {
    new ResizeObserver(() => this.#fit()).observe(this.#body);
    this.#groups.addEventListener('change', () => {
      this.#group = Number(this.#groups.value);
      remember(`group-${this.#market.instrument.symbol}`, this.#groups.value);
      painter.mark(this.#paint);
    });
    this.#body.addEventListener('pointermove', (event) => this.#hoverAt(event.target));
    this.#body.addEventListener('pointerleave', () => this.#hoverAt(null));
    this.#body.addEventListener('blur', () => this.#hoverAt(null));
    this.#body.addEventListener('click', (event) => {
      this.#hoverAt(event.target);
      this.#take();
    });
    this.#body.addEventListener('keydown', (event) => this.#key(event));
  }

  #key(event: KeyboardEvent): void {
    if (event.key === 'Enter') this.#take();
    else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const up = event.key === 'ArrowUp';
      const hover = this.#hover;
      if (!hover) this.#hover = { side: up ? 'asks' : 'bids', row: 0 };
      else {
        const row = hover.row + ((hover.side === 'asks') === up ? 1 : -1);
        if (row < 0) this.#hover = { side: hover.side === 'asks' ? 'bids' : 'asks', row: 0 };
        else if (row < this.#side(hover.side).levels.length) this.#hover = { side: hover.side, row };
      }
      painter.mark(this.#paint);
    } else return;
    event.preventDefault();
  }

  #side(side: 'bids' | 'asks'): BookRows {
    return side === 'bids' ? this.#bids : this.#asks;
  }

  #take(): void {
    if (!this.#hover) return;
    const level = this.#side(this.#hover.side).levels[this.#hover.row];
    if (level) this.#pick(formatUnits(level.price, this.#market.instrument.pricePlaces), this.#hover.side);
  }

  #hoverAt(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest<HTMLElement>('.row') : null;
    const side = row?.parentElement?.dataset.side as 'bids' | 'asks' | undefined;
    this.#hover = row && side ? { side, row: Number(row.dataset.row) } : undefined;
    painter.mark(this.#paint);
  }

  #fit(): void {
    const sides = this.#view === 'both' ? 2 : 1;
    this.#rows = Math.max(
      1,
      Math.floor((this.#body.clientHeight - this.#middle.offsetHeight) / rowHeight / sides),
    );
    this.#asks.resize(this.#view === 'bids' ? 0 : this.#rows);
    this.#bids.resize(this.#view === 'asks' ? 0 : this.#rows);
    painter.mark(this.#paint);
  }

  readonly #paint = (): void => {
    const { book, last, instrument } = this.#market;
    this.#offerGroups();
    this.#notice.hidden = book.lastId > 0;
    this.#body.style.visibility = book.lastId > 0 ? 'visible' : 'hidden';
    if (last) {
      setText(this.#last, last.text);
      setData(this.#last, 'direction', last.direction);
    }
    const asks = groupLevels(book.asks, 'asks', this.#group, this.#rows);
    const bids = groupLevels(book.bids, 'bids', this.#group, this.#rows);
    const largest = Math.max(asks.at(-1)?.total ?? 0, bids.at(-1)?.total ?? 0);
    const places = Math.max(0, instrument.pricePlaces - Math.log10(this.#group));
    const hover = this.#hover;
    this.#asks.paint(asks, largest, places, this.#own('sell'), hover?.side === 'asks' ? hover.row + 1 : 0);
    this.#bids.paint(bids, largest, places, this.#own('buy'), hover?.side === 'bids' ? hover.row + 1 : 0);
    this.#paintSpread();
    this.#paintRatio(bids.at(-1)?.total ?? 0, asks.at(-1)?.total ?? 0);
    this.#paintTip(hover?.side === 'asks' ? asks : bids);
    setText(
      this.#gaps,
      book.isLoaded
        ? `${this.#market.feed === 'full' ? `gaps ${book.gaps}` : 'slow line: best levels, once a second'} · change ${book.lastId.toLocaleString('en')}`
        : 'loading a new snapshot…',
    );
    setData(this.#gaps, 'gaps', String(book.gaps));
  };

  #own(side: 'buy' | 'sell'): Set<number> {
    const { symbol, pricePlaces } = this.#market.instrument;
    const round = side === 'buy' ? Math.floor : Math.ceil;
    const own = new Set<number>();
    for (const order of this.#account.openOrders)
      if (order.symbol === symbol && order.side === side && order.price)
        own.add(round(parseUnits(order.price, pricePlaces) / this.#group) * this.#group);
    return own;
  }

  #paintSpread(): void {
    const { book, instrument } = this.#market;
    if (book.asks.best === undefined || book.bids.best === undefined) return;
    const spread = book.asks.best - book.bids.best;
    setText(this.#spread, `spread ${formatUnits(spread, instrument.pricePlaces)}`);
  }

  #paintRatio(bids: number, asks: number): void {
    const [buy, sell] = this.#ratio.children;
    if (!(buy instanceof HTMLElement) || !(sell instanceof HTMLElement) || bids + asks === 0) return;
    const percent = Math.round((bids / (bids + asks)) * 100);
    setText(buy, `B ${percent}%`);
    setText(sell, `${100 - percent}% S`);
    this.#ratio.style.setProperty('--buy', `${percent}%`);
  }

  #paintTip(levels: readonly GroupedLevel[]): void {
    const hover = this.#hover;
    const row = hover && this.#side(hover.side).rowAt(hover.row);
    if (!hover || !row || !levels[hover.row]) {
      this.#tip.hidden = true;
      return;
    }
    const { pricePlaces, quantityPlaces, base, quote } = this.#market.instrument;
    const { quantity, value, average } = sweep(levels, hover.row + 1);
    const text = `Average ${formatUnits(average, pricePlaces, true)}\nSum ${formatUnits(quantity, quantityPlaces, true)} ${base}\nSum ${formatUnits(value / 10n ** BigInt(quantityPlaces), pricePlaces, true)} ${quote}`;
    setText(this.#tip, text);
    this.#tip.hidden = false;
    const place = row.getBoundingClientRect();
    const right = place.right + 8 + this.#tip.offsetWidth < innerWidth;
    this.#tip.style.left = `${right ? place.right + 8 : Math.max(4, place.left - this.#tip.offsetWidth - 8)}px`;
    this.#tip.style.top = `${place.top - this.#tip.offsetHeight / 2}px`;
  }

  #offerGroups(): void {
    if (this.#groups.options.length > 0) return;
    const best = this.#market.book.bids.best;
    if (best === undefined) return;
    const stored = Number(remembered(`group-${this.#market.instrument.symbol}`) ?? 1);
    for (const size of groupSizes(best)) {
      const text = formatUnits(size, this.#market.instrument.pricePlaces).replace(/\.?0+$/, '');
      this.#groups.append(
        element(
          'option',
          { value: size, selected: size === stored },
          size < 10 ** this.#market.instrument.pricePlaces
            ? text
            : String(size / 10 ** this.#market.instrument.pricePlaces),
        ),
      );
    }
    this.#group = Number(this.#groups.value);
  }
}
