import code from 'code:Exchange/ExchangeEndpoints.cs#book:{symbol}';
import { showPrice } from '../exchange/market/symbol';
import { changeOf } from '../exchange/market/ticker';
import { element, setData, setText } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { Sparkline } from '../page/sparkline';
import type { Application, Preview, Start } from './application';
import type { Quote } from './prices';

export const exchange: Application = {
  name: 'Exchange',
  href: '/exchange/SOLUSDT',
  group: 'Watch',
  use: 'Financial tickers',
  sentence: 'A simulated market with an order book, candles and your own demo account.',
  demonstrates: ['every change of the book, in order', 'missed trades come back', 'orders and prices over one connection'],
  task: 'buy at the market and watch your trade in the book, the chart and your balance at once.',
  code,
  preview,
};

/** Every market with its price, its 24-hour change and its last hour. */
function preview({ connection, prices }: Start): Preview {
  const root = element('div', { class: 'quotes' }, openingNotice(connection, 'Opening the market…', 'Prices appear as soon as the connection is open.'));
  let paints: (() => void)[] = [];
  const paint = () => {
    if (paints.length < prices.quotes.length) {
      const rows = prices.quotes.map(row);
      paints = rows.map((made) => made.paint);
      root.replaceChildren(head(), ...rows.map((made) => made.root));
    }
    for (const paintRow of paints) paintRow();
  };
  prices.onChange(() => painter.mark(paint));
  return { root, setVisible: (isVisible) => prices.want('card', isVisible) };
}

function head(): HTMLElement {
  const cells = ['', 'last hour', 'price', '24 h'].map((name) => element('span', {}, name));
  return element('p', { class: 'quote-head muted' }, ...cells);
}

function row(quote: Quote): { root: HTMLElement; paint: () => void } {
  const { instrument, hour } = quote;
  const price = element('span', { class: 'number' }, '–');
  const change = element('span', { class: 'number' }, '–');
  const line = new Sparkline();
  const root = element(
    'a',
    {
      class: 'quote',
      href: `/exchange/${instrument.symbol}`,
      title: 'The line shows the last hour, the percentage the last 24 hours',
    },
    element('span', {}, instrument.base, element('span', { class: 'muted' }, `/${instrument.quote}`)),
    line.root,
    price,
    change,
  );
  const paint = () => {
    const { ticker } = quote;
    if (!ticker) return;
    setText(price, showPrice(ticker.last, instrument));
    const moved = changeOf(ticker, instrument);
    setText(change, moved.percent);
    setData(change, 'direction', moved.direction);
    const { closes } = hour;
    const [first, last] = [closes[0], Number(ticker.last)];
    if (first === undefined) return;
    setData(root, 'trend', last > first ? 'up' : last < first ? 'down' : '');
    line.draw([...closes, last]);
  };
  return { root, paint };
}
