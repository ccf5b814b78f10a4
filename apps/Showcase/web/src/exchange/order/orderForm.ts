import type { Connection } from '../../connection/connection';
import { ask } from '../../page/dialog';
import { element } from '../../page/element';
import { remember, remembered } from '../../page/settings';
import { Tabs } from '../../page/tabs';
import { toast } from '../../page/toasts';
import type { Account } from '../account/account';
import { formatUnits, parseFine, trimFine } from '../market/decimal';
import type { Market } from '../market/market';
import { percentThroughMarket } from './orderRules';
import { SideForm } from './sideForm';

const fatFingerPercent = 5;

/** Limit and market orders, buying and selling side by side. */
export class OrderForm {
  readonly root: HTMLElement;
  readonly #market: Market;
  readonly #account: Account;
  readonly #buy: SideForm;
  readonly #sell: SideForm;
  readonly #sides: HTMLElement;
  readonly #alwaysAsk = element('input', { type: 'checkbox', checked: remembered('always-ask') === 'yes' });
  readonly #types: Tabs;

  constructor(market: Market, account: Account, connection: Connection) {
    this.#market = market;
    this.#account = account;
    const context = {
      instrument: market.instrument,
      free: (asset: string) => account.free(asset),
      reference: (side: 'buy' | 'sell') => this.#best(side === 'buy' ? 'asks' : 'bids', parseFine),
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
    market.draw(['account'], () => {
      this.#buy.paint();
      this.#sell.paint();
    });
    market.draw(['live'], () => {
      const isLive = connection.state === 'connected';
      for (const form of [this.#buy, this.#sell]) form.setBusy(false, isLive);
    });
    market.draw(['last'], () => {
      const { last, instrument } = market;
      if (last)
        for (const form of [this.#buy, this.#sell])
          form.suggestPrice(formatUnits(last.price, instrument.pricePlaces));
    });
  }

  /** Takes a price from the book: an ask is bought from, a bid is sold to. */
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

  async #send(form: SideForm, byKey: boolean): Promise<void> {
    const { draft, judgement } = form;
    const { instrument } = this.#market;
    const reference = this.#best(draft.side === 'buy' ? 'asks' : 'bids', parseFine);
    const price = parseFine(draft.price);
    const through
      = draft.type === 'limit' && reference && price ? percentThroughMarket(draft.side, price, reference) : 0;
    if (byKey || this.#alwaysAsk.checked || through >= fatFingerPercent) {
      const warning = `This price is ${through}% ${draft.side === 'buy' ? 'above the best offer' : 'below the best bid'}. It will trade at once with everything up to it.`;
      const isSure = await ask({
        title: `${draft.side === 'buy' ? 'Buy' : 'Sell'} ${instrument.base}?`,
        body: [
          form.summary(),
          ...(through >= fatFingerPercent ? [element('p', { class: 'warn' }, warning)] : []),
        ],
        confirm: draft.side === 'buy' ? `Buy ${instrument.base}` : `Sell ${instrument.base}`,
        confirmClass: draft.side,
      });
      if (!isSure) return;
    }
    form.setBusy(true, true);
    try {
      const placed = await this.#account.place({
        symbol: instrument.symbol,
        side: draft.side,
        type: draft.type,
        ...(draft.type === 'limit' ? { price: draft.price } : {}),
        ...(draft.isInQuote ? { quoteQuantity: draft.amount } : { quantity: draft.amount }),
        clientOrderId: crypto.randomUUID(),
      });
      form.setBusy(false, true);
      form.sent();
      if (placed.status === 'new')
        toast(
          `${draft.side === 'buy' ? 'Buy' : 'Sell'} order for ${trimFine(judgement.quantity)} ${instrument.base} at ${draft.price} is in the book.`,
        );
    } catch (error) {
      form.setBusy(false, true);
      const reason = reasonOf(error);
      form.refuse(reason);
      toast(`Order not accepted: ${reason}`, 'bad');
    }
  }
}

/** The server's words for a refusal; a call that got no answer may still have arrived. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: number; message?: string };
  if (code === undefined || code < 100)
    return 'No answer from the server. Look at Open orders before sending again.';
  return `${message ?? 'refused'} (${code})`;
}
