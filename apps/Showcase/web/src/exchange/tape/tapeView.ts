import { element, setData, setText } from '../../page/element';
import { Tabs } from '../../page/tabs';
import type { Account } from '../account/account';
import type { Market } from '../market/market';
import { showPrice, showQuantity } from '../market/symbol';

// Each row is painted with each new trade: no more of them than fill the list of this window.
const shownTrades = Math.max(40, Math.ceil((innerHeight - 200) / 18));

interface Row {
  shows: string;
  root: HTMLElement;
  price: HTMLElement;
  quantity: HTMLElement;
  time: HTMLElement;
}

interface Line {
  id: number;
  price: string;
  quantity: string;
  time: number;
  side: 'buy' | 'sell';
}

const keyOf = (line: Line) => `${line.id}${line.side}`;

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Creates the list of trades, newest first: all trades of the market, or the account's own. */
export function tapeView(market: Market, account: Account): HTMLElement {
  const { base, quote, symbol } = market.instrument;
  const rows: Row[] = [];
  const list = element('div', {
    'class': 'tape-rows number',
    'role': 'region',
    'tabindex': 0,
    'aria-label': 'Trades, newest first',
  });
  for (let index = 0; index < shownTrades; index++) {
    const row = {
      price: element('span'),
      quantity: element('span'),
      time: element('span', { class: 'muted' }),
    };
    rows.push({
      shows: '',
      root: element('div', { class: 'row', hidden: true }, row.price, row.quantity, row.time),
      ...row,
    });
  }
  list.append(...rows.map((row) => row.root));
  const notice = element('p', { class: 'notice' });
  const state = element('span', { class: 'number' });

  // For each new trade one row moves from the end to the front, and only the moved rows are rewritten.
  const rotate = (lines: Line[]) => {
    const first = rows[0]?.shows;
    const fresh = lines.findIndex((line) => keyOf(line) === first);
    for (let count = 0; count < fresh; count++) {
      const row = rows.pop();
      if (!row) return;
      rows.unshift(row);
      list.prepend(row.root);
    }
  };

  const paint = () => {
    const isMine = tabs.chosen === 'mine';
    const lines: Line[] = isMine
      ? account.fills.filter((fill) => fill.symbol === symbol).slice(0, shownTrades)
      : market.tape.newestFirst
          .slice(0, shownTrades)
          .map((trade) => ({ ...trade, side: trade.buyerIsMaker ? 'sell' : 'buy' }));
    rotate(lines);
    for (const [index, row] of rows.entries()) {
      const line = lines[index];
      const shows = line ? keyOf(line) : '';
      if (row.shows === shows) continue;
      row.shows = shows;
      row.root.hidden = line === undefined;
      if (!line) continue;
      setText(row.price, showPrice(line.price, market.instrument));
      setText(row.quantity, showQuantity(line.quantity, market.instrument));
      setText(row.time, clock.format(line.time));
      setData(row.root, 'side', line.side);
      setData(row.root, 'id', String(line.id));
    }
    notice.hidden = lines.length > 0;
    setText(
      notice,
      isMine ? 'You have no trades yet. A market order trades at once.' : 'Waiting for the first trade…',
    );
    const { newestFirst, missing } = market.tape;
    if (market.feed === 'partial') setText(state, 'slow line: the latest trade of each second');
    else setText(state, missing === 0 ? 'trade ids without a gap' : `${missing} trades missing, requesting them…`);
    setData(list, 'count', String(newestFirst.length));
    setData(list, 'newest', String(newestFirst[0]?.id ?? 0));
    setData(list, 'oldest', String(newestFirst.at(-1)?.id ?? 0));
    setData(list, 'missing', String(missing));
  };
  const tabs = new Tabs(
    'Trades',
    [
      { id: 'market', title: 'Market trades' },
      { id: 'mine', title: 'My trades' },
    ],
    () => {
      list.scrollTop = 0;
      market.touch('tape');
    },
  );
  market.draw(['tape', 'account'], paint);
  tabs.choose('market');
  return element(
    'section',
    { 'class': 'panel tape', 'aria-label': 'Trades' },
    element('header', {}, tabs.root),
    element(
      'div',
      { class: 'columns muted' },
      element('span', {}, `Price (${quote})`),
      element('span', {}, `Amount (${base})`),
      element('span', {}, 'Time'),
    ),
    notice,
    list,
    element('footer', {}, state),
  );
}
