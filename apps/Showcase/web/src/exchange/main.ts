import '../design/base.css';
import '../design/components.css';
import './exchange.css';
import { Connection } from '../connection/connection';
import { element, setData, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { shortcut } from '../page/shortcuts';
import { Tabs } from '../page/tabs';
import { toast } from '../page/toasts';
import { Account } from './account/account';
import { accountKey } from '../connection/accountKey';
import { accountPanel } from './account/accountPanel';
import { announceFills } from './account/fillToasts';
import { BookView } from './book/bookView';
import { chartPanel } from './chart/chartPanel';
import { rememberedInterval } from './chart/chartSettings';
import { MarketFeed } from './market/feed';
import { Market } from './market/market';
import { type Instrument, instrumentOf, type SymbolInfo } from './market/symbol';
import { marketDialog } from './markets/marketList';
import { marketPanel } from './markets/marketPanel';
import { OrderForm } from './order/orderForm';
import { marketStrip } from './strip';
import { tapeView } from './tape/tapeView';

const retryMilliseconds = 1000;

const connection = new Connection({ key: accountKey() });
const symbol = decodeURIComponent(location.pathname.split('/')[2] ?? '') || 'SOLUSDT';
const content = element('main', { 'class': 'exchange', 'data-tab': 'chart' });
let hasOpened = false;

openPage(connection, content);
content.append(
  openingNotice(connection, 'Opening the market…', 'The book, the trades and the chart appear as soon as the connection is open.'),
);
connection.client.on('connected', () => void load());
connection.start();

async function load(): Promise<void> {
  if (hasOpened || connection.state !== 'connected') return;
  try {
    const { data } = await connection.client.rpc('exchange.info', {});
    if (!hasOpened) open((data as { symbols: SymbolInfo[] }).symbols.map(instrumentOf));
  } catch {
    // After a lost connection the next connect loads again; after an error the call is retried.
    if (connection.state === 'connected') setTimeout(() => void load(), retryMilliseconds);
  }
}

function showUnknown(instruments: readonly Instrument[]): void {
  const links = instruments.map((instrument) =>
    element(
      'a',
      { class: 'button', href: `/exchange/${instrument.symbol}` },
      `${instrument.base}/${instrument.quote}`,
    ),
  );
  content.replaceChildren(
    element(
      'p',
      { class: 'notice whole' },
      element('strong', {}, `There is no market ${symbol}`),
      element('span', {}, 'Choose one of these:'),
      element('span', { class: 'choices' }, ...links),
    ),
  );
}

function open(instruments: Instrument[]): void {
  hasOpened = true;
  const instrument = instruments.find((candidate) => candidate.symbol === symbol.toUpperCase());
  if (!instrument) {
    showUnknown(instruments);
    return;
  }
  const market = new Market(instrument, instruments, rememberedInterval());
  const feed = new MarketFeed(connection, market);
  const account = new Account(connection, market, () => feed.chosen);
  const orderForm = new OrderForm(market, account);
  const book = new BookView(market, account, (price, side) => orderForm.takePrice(price, side));
  const dialog = marketDialog(market);
  const openMarkets = () => dialog.showModal();

  content.replaceChildren(
    cell('strip', marketStrip(market, connection, openMarkets)),
    phoneTabs(),
    cell('book', book.root),
    cell('chart', chartPanel(market, feed, account)),
    orderForm.root,
    marketPanel(market),
    cell('trades', tapeView(market, account)),
    accountPanel(market, account),
    staleBanner(market),
  );
  document.body.append(dialog);
  announceFills(account, instruments);
  account.onRestart = () => {
    toast('The server restarted and opened a new demo account.', { kind: 'warn', subject: 'restart', isLasting: true });
  };
  shortcut('b', 'focus the buy form', () => orderForm.focus('buy'));
  shortcut('s', 'focus the sell form', () => orderForm.focus('sell'));
  shortcut('m', 'choose a market', openMarkets);
  shortcut('↑ ↓', 'in a price or an amount: change by one tick or step, with Shift by ten');
  shortcut('Enter', 'in the form: send after a confirmation; in the book: use the price');
  feed.start();
  void account.load();
}

/**
 * Puts a busy panel into a cell of the grid. The panel lies in its cell without being an item of the grid, so that its
 * changes are laid out within it: a browser lays out the whole page when an item changes, contained or not.
 */
function cell(area: string, panel: HTMLElement): HTMLElement {
  return element('div', { class: `cell area-${area}` }, panel);
}

function phoneTabs(): HTMLElement {
  const tabs = new Tabs(
    'Panels',
    [
      { id: 'chart', title: 'Chart' },
      { id: 'book', title: 'Book' },
      { id: 'trades', title: 'Trades' },
      { id: 'order', title: 'Order' },
    ],
    (id) => {
      content.dataset.tab = id;
    },
  );
  tabs.root.classList.add('phone-tabs');
  tabs.choose('chart');
  return tabs.root;
}

/** Creates the banner that reports stopped prices, with their age, or late prices. */
function staleBanner(market: Market): HTMLElement {
  // The pill informs screen readers: a counter announced each second would drown everything else.
  const banner = element('p', { class: 'stale-banner', hidden: true });
  const paint = () => {
    const { staleSince, lateBy } = market;
    setData(content, 'feed', market.feed);
    const isLate = lateBy !== undefined;
    setData(content, 'live', staleSince !== undefined ? 'no' : isLate ? 'late' : market.isLive ? 'yes' : 'loading');
    banner.hidden = staleSince === undefined && lateBy === undefined;
    if (staleSince !== undefined) {
      const seconds = Math.round((Date.now() - staleSince) / 1000);
      setText(banner, `Prices stopped ${seconds} s ago. ${nextStep()}`);
    } else if (lateBy !== undefined)
      setText(banner, `Late: these prices are ${Math.round(lateBy / 1000)} s old. Orders require a confirmation.`);
  };
  market.draw(['live'], paint);
  setInterval(() => {
    if (market.lateBy !== undefined) market.lateBy = connection.lateBy ?? market.lateBy;
    if (!banner.hidden) paint();
  }, 1000);
  return banner;
}

function nextStep(): string {
  switch (connection.state) {
    case 'closed':
      return 'Press “disconnected” above to reconnect.';
    case 'connected':
      return 'Reloading the market…';
    default:
      return connection.refusal || 'Reconnecting…';
  }
}
