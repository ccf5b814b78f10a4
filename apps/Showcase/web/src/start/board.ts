import code from 'code:Board/BoardEndpoints.cs#board:all';
import type { PastPrices, Quote } from '../board/model/messages';
import { QuoteTable, type Row, changeOf, showChange } from '../board/model/table';
import { element, setData, setText } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type Application, type Preview, type Start, whileVisible } from './application';

// One instrument of each of four sectors.
const symbols = ['ARVE', 'MISB', 'HESC', 'LUMS'];
const data = { symbols, pace: { delay_ms: 2000, latest: true } };

export const board: Application = {
  name: 'Watch board',
  href: '/board',
  group: 'Watch',
  use: 'Financial tickers',
  sentence: '400 instruments with the age of every price: a slow line gets fewer prices, and never an old one.',
  demonstrates: ['a filter and a pace per reader', 'newer prices replace those that wait', 'alerts kept while you are away'],
  task: 'start “Side by side” and compare the ages on a good line and on a modem.',
  code,
  preview,
};

/** Four instruments with the change of their session. */
function preview({ connection: { client }, connection }: Start): Preview {
  const root = element(
    'div',
    { class: 'rows-preview board-preview' },
    openingNotice(connection, 'Opening the board…', 'Prices appear as soon as the connection is open.'),
  );
  const table = new QuoteTable();
  const rows = symbols.map((symbol) => table.add({ symbol, name: '', sector: '', perSecond: 1 }));
  const views = rows.map(row);
  const paint = () => {
    if (root.childElementCount !== views.length) root.replaceChildren(...views.map((view) => view.root));
    for (const view of views) view.paint();
  };
  const take = (quotes: readonly Quote[], isPublished: boolean) => {
    for (const quote of quotes) table.take(quote, isPublished);
    painter.mark(paint);
  };
  const prices = client.newSubscription('board:all', { data, tagsFilter: { key: 'symbol', cmp: 'in', vals: symbols } });
  prices.on('subscribed', ({ data }) => {
    take((data as { quotes: Quote[] }).quotes, false);
    void open();
  });
  prices.on('publication', ({ data }) => take([data as Quote], true));
  const open = async () => {
    try {
      const past = (await client.rpc('board.past', { symbols, points: 2 })).data as PastPrices;
      for (const row of rows) row.open = past.prices[row.symbol]?.[0];
      painter.mark(paint);
    } catch {
      // The changes stay unknown until the next subscription.
    }
  };
  return { root, setVisible: whileVisible(prices) };
}

function row(quote: Row): { root: HTMLElement; paint: () => void } {
  const price = element('span', { class: 'number' }, '–');
  const change = element('span', { class: 'number' }, '–');
  const root = element('a', { href: '/board' }, element('span', {}, quote.symbol), price, change);
  const paint = () => {
    if (quote.time === 0) return;
    setText(price, quote.text);
    const { text, direction } = showChange(changeOf(quote));
    setText(change, text);
    setData(change, 'direction', direction);
  };
  return { root, paint };
}
