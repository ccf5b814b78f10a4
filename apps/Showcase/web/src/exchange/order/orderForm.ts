import { ask } from '../../page/dialog';
import { element } from '../../page/element';
import { pace } from '../../page/pace';
import { painter } from '../../page/painter';
import { randomId } from '../../page/randomId';
import { remember, remembered } from '../../page/settings';
import { Tabs } from '../../page/tabs';
import { toast } from '../../page/toasts';
import type { Account } from '../account/account';
import { formatUnits, groupThousands, parseFine, trimFine } from '../market/decimal';
import type { Market } from '../market/market';
import { percentThroughMarket } from './orderRules';
import { showPrice } from '../market/symbol';
import { SideForm } from './sideForm';

const fatFingerPercent = 5;
// The price in the form follows the market, but slowly enough to be read.
const suggestMilliseconds = 500;

/** The form for limit and market orders, with both sides next to each other. */
export class OrderForm {
  readonly root: HTMLElement;
  readonly #market: Market;
  readonly #account: Account;
  readonly #buy: SideForm;
  readonly #sell: SideForm;
  readonly #sides: HTMLElement;
  readonly #alwaysAsk = element('input', { type: 'checkbox', checked: remembered('always-ask') === 'yes' });
  readonly #types: Tabs;

  constructor(market: Market, account: Account) {
    this.#market = market;
    this.#account = account;
    const context = {
      instrument: market.instrument,
      free: (asset: string) => account.free(asset),
      opposite: (side: 'buy' | 'sell') => market.book[side === 'buy' ? 'asks' : 'bids'],
      ownBest: (side: 'buy' | 'sell') => this.#best(side === 'buy' ? 'bids' : 'asks', (text) => text),
      send: (form: SideForm, byKey: boolean) => void this.#send(form, byKey),
    };
    this.#buy = new SideForm('buy', context);
    this.#sell = new SideForm('sell', context);
    this.#sides = element(
      'div',
      { 'class': 'order-sides', 'data-side': 'buy' },
      this.#buy.root,
      this.#sell.root,
    );
    const chooser = new Tabs(
      'Side',
      [
        { id: 'buy', title: 'Buy' },
        { id: 'sell', title: 'Sell' },
      ],
      (id) => {
        this.#sides.dataset.side = id;
      },
    );
    chooser.root.classList.add('side-chooser');
    chooser.choose('buy');
    this.#types = new Tabs(
      'Order type',
      [
        { id: 'limit', title: 'Limit' },
        { id: 'market', title: 'Market' },
      ],
      (id) => {
        for (const form of [this.#buy, this.#sell]) form.type = id as 'limit' | 'market';
      },
    );
    this.#types.choose('limit');
    this.#alwaysAsk.addEventListener('change', () =>
      remember('always-ask', this.#alwaysAsk.checked ? 'yes' : 'no'),
    );
    this.root = element(
      'section',
      { 'class': 'panel order-form', 'aria-label': 'Place an order' },
      element(
        'header',
        {},
        this.#types.root,
        element('label', { class: 'check muted' }, this.#alwaysAsk, 'Ask before sending'),
      ),
      chooser.root,
      this.#sides,
    );
    const forms = [this.#buy, this.#sell];
    market.draw(['account'], () => {
      for (const form of forms) form.paint();
    });
    market.draw(['book'], () => {
      for (const form of forms) form.follow();
    });
    market.draw(['live'], () => {
      const isLive = market.staleSince === undefined;
      for (const form of forms) form.setLive(isLive);
      // The market may have restarted, so a suggested price may be outdated.
      if (isLive) this.#suggest(true);
    });
    const suggest = () => this.#suggest(false);
    market.follow('last', pace(suggestMilliseconds, () => painter.mark(suggest)));
  }

  /** Uses a price of the book: an ask fills the buy form, a bid the sell form. */
  takePrice(price: string, side: 'bids' | 'asks'): void {
    this.#types.choose('limit');
    for (const form of [this.#buy, this.#sell]) form.setPrice(price);
    this.#sides.dataset.taken = side;
  }

  focus(side: 'buy' | 'sell'): void {
    this.#sides.dataset.side = side;
    (side === 'buy' ? this.#buy : this.#sell).focus();
  }

  #best<T>(side: 'bids' | 'asks', read: (text: string) => T): T | undefined {
    const best = this.#market.book[side].best;
    return best === undefined ? undefined : read(formatUnits(best, this.#market.instrument.pricePlaces));
  }

  #suggest(isNewMarket: boolean): void {
    const { last, instrument } = this.#market;
    if (!last) return;
    for (const form of [this.#buy, this.#sell])
      form.suggestPrice(formatUnits(last.price, instrument.pricePlaces), isNewMarket);
  }

  async #send(form: SideForm, byKey: boolean): Promise<void> {
    if (!(await this.#isSure(form, byKey))) return;
    if (this.#market.staleSince !== undefined) {
      form.refuse('The connection was lost: the order was not sent.');
      return;
    }
    const { instrument } = this.#market;
    const { draft } = form;
    const { quantity, price, amount } = form.judgement;
    const order = {
      symbol: instrument.symbol,
      side: draft.side,
      type: draft.type,
      ...(draft.type === 'limit' ? { price } : {}),
      ...(draft.isInQuote ? { quoteQuantity: amount } : { quantity: amount }),
      clientOrderId: randomId(),
    };
    form.setBusy(true);
    try {
      const placed = await this.#account.place(order);
      form.setBusy(false);
      form.sent();
      if (placed.status === 'new')
        toast(
          `${draft.side === 'buy' ? 'Buy' : 'Sell'} order for ${groupThousands(trimFine(quantity))} ${instrument.base} is open at ${showPrice(price, instrument)}.`,
          { subject: `${placed.symbol}/${placed.id}` },
        );
    } catch (error) {
      form.setBusy(false);
      const reason = reasonOf(error);
      form.refuse(reason);
      toast(`Order not accepted: ${reason}`, { kind: 'bad', subject: 'refusal' });
    }
  }

  /** Requests a confirmation where a mistake is costly: after Enter, through the market, at late prices; or always. */
  async #isSure(form: SideForm, byKey: boolean): Promise<boolean> {
    const { draft, judgement } = form;
    const { instrument, lateBy } = this.#market;
    const reference = this.#best(draft.side === 'buy' ? 'asks' : 'bids', parseFine);
    const price = parseFine(judgement.price);
    const through
      = draft.type === 'limit' && reference && price ? percentThroughMarket(draft.side, price, reference) : 0;
    const warnings: string[] = [];
    if (lateBy !== undefined)
      warnings.push(`The connection is slow: these prices are ${Math.round(lateBy / 1000)} s old, and the market may have moved.`);
    if (through >= fatFingerPercent)
      warnings.push(`This price is ${through}% ${draft.side === 'buy' ? 'above the best offer' : 'below the best bid'}. It will trade at once with everything up to it.`);
    if (!byKey && !this.#alwaysAsk.checked && warnings.length === 0) return true;
    return ask({
      title: `${draft.side === 'buy' ? 'Buy' : 'Sell'} ${instrument.base}?`,
      body: [form.summary(), ...warnings.map((text) => element('p', { class: 'warn' }, text))],
      confirm: draft.side === 'buy' ? `Buy ${instrument.base}` : `Sell ${instrument.base}`,
      confirmClass: draft.side,
    });
  }
}

/** Returns the server's message for a rejection. A call without a reply may still have been executed. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: number; message?: string };
  // An error without a code is a fault of this page, not a reply.
  if (code === undefined) throw error;
  if (code < 100) return 'No reply from the server. Check the open orders before you send again.';
  return message ?? 'The server reported no reason.';
}
