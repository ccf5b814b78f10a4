import { ask } from '../../page/dialog';
import { element, setText } from '../../page/element';
import { Tabs } from '../../page/tabs';
import { toast } from '../../page/toasts';
import type { Market } from '../market/market';
import { reasonOf } from '../order/orderForm';
import type { Account, Order } from './account';
import { holdingsOf } from './holdings';
import { accountColumns } from './orderTables';
import { Pager } from './pager';
import { RowTable } from './rowTable';
import { isSymbolOnly, rememberSymbolOnly } from './symbolFilter';

const emptyWords: Record<string, string> = {
  open: 'No open orders. A limit order away from the market rests here until it is filled.',
  history: 'No orders yet. All your orders are listed here with their status.',
  fills: 'No trades yet. A market order trades at once.',
  balances: 'No balances yet.',
};

/** Creates the panel of the account: open orders, order history, trades and balances. */
export function accountPanel(market: Market, account: Account): HTMLElement {
  const cancel = async (order: Order) => {
    try {
      if (!(await account.cancel(order))) toast('That order was no longer open.', { subject: 'cancel' });
    } catch (error) {
      toast(`Not cancelled: ${reasonOf(error)}`, { kind: 'bad', subject: 'cancel' });
    }
  };
  const columns = accountColumns(market.instruments, (order) => void cancel(order));
  const orderKey = (order: Order) => `${order.symbol}/${order.id}`;
  const open = new RowTable('Open orders', columns.open, orderKey);
  const history = new RowTable('Order history', columns.history, orderKey);
  const fills = new RowTable(
    'Trade history',
    columns.fills,
    (fill) => `${fill.symbol}/${fill.id}/${fill.orderId}`,
  );
  const balances = new RowTable('Holdings', columns.balances, (balance) => balance.asset);

  const onlyHere = element('input', { type: 'checkbox', checked: isSymbolOnly() });
  const filter = element('label', { class: 'check muted' }, onlyHere, 'This pair only');
  const cancelAll = element(
    'button',
    { type: 'button', class: 'button', click: () => void askAndCancelAll() },
    'Cancel all',
  );
  const notice = element('p', { class: 'notice' });
  const holder = element('div', { 'class': 'table-holder', 'role': 'region', 'tabindex': 0, 'aria-label': 'Account' });

  const isShown = (row: { symbol: string }) => !onlyHere.checked || row.symbol === market.instrument.symbol;
  const askAndCancelAll = async () => {
    const orders = account.openOrders.filter(isShown);
    const question = element(
      'p',
      {},
      `${orders.length} open ${orders.length === 1 ? 'order' : 'orders'}${onlyHere.checked ? ` in ${market.instrument.symbol}` : ''} will be cancelled.`,
    );
    if (
      await ask({
        title: 'Cancel all orders?',
        body: [question],
        confirm: `Cancel all ${orders.length}`,
        confirmClass: 'sell',
        decline: 'Keep them',
      })
    )
      await Promise.all(orders.map(cancel));
  };

  const pager = new Pager(() => market.touch('account'));
  const worth = element('p', { class: 'worth muted', hidden: true });

  const paint = () => {
    pager.hide();
    worth.hidden = tabs.chosen !== 'balances' || !account.isLoaded;
    const openOrders = account.openOrders.filter(isShown);
    tabs.rename('open', `Open orders (${openOrders.length})`);
    cancelAll.hidden = tabs.chosen !== 'open' || openOrders.length === 0;
    filter.hidden = tabs.chosen === 'balances';
    const count = show(tabs.chosen, openOrders);
    notice.hidden = count > 0;
    setText(notice, account.isLoaded ? (emptyWords[tabs.chosen] ?? '') : 'Loading your account…');
  };
  const show = (chosen: string, openOrders: Order[]): number => {
    switch (chosen) {
      case 'history': {
        const rows = account.orders.filter(isShown);
        history.show(pager.pageOf(rows));
        return place(history.root, rows.length);
      }
      case 'fills': {
        const rows = account.fills.filter(isShown);
        fills.show(pager.pageOf(rows));
        return place(fills.root, rows.length);
      }
      case 'balances': {
        const { rows, value } = holdingsOf(account.balances, market.instruments, market.tickers);
        balances.show(rows);
        setText(worth, `All together ≈ ${value ?? '–'} ${market.instrument.quote} at the last prices`);
        return place(balances.root, rows.length);
      }
      default:
        open.show(openOrders);
        return place(open.root, openOrders.length);
    }
  };
  const place = (table: HTMLElement, count: number): number => {
    if (holder.firstElementChild !== table) holder.replaceChildren(table);
    table.hidden = count === 0;
    return count;
  };

  const tabs = new Tabs(
    'Account',
    [
      { id: 'open', title: 'Open orders' },
      { id: 'history', title: 'Order history' },
      { id: 'fills', title: 'Trade history' },
      { id: 'balances', title: 'Holdings' },
    ],
    () => {
      pager.rewind();
      market.touch('account');
    },
  );
  onlyHere.addEventListener('change', () => {
    rememberSymbolOnly(onlyHere.checked);
    pager.rewind();
    market.touch('account');
  });
  tabs.choose('open');
  market.draw(['account'], paint);
  market.draw(['tickers'], () => tabs.chosen === 'balances' && paint());
  return element(
    'section',
    { 'class': 'panel account', 'aria-label': 'Your account' },
    element('header', {}, tabs.root, filter, cancelAll),
    holder,
    notice,
    pager.root,
    worth,
  );
}
