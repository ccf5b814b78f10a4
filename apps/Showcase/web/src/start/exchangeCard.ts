import type { Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import type { Kline } from '../exchange/market/candles';
import { type Instrument, instrumentOf, type SymbolInfo, showPrice } from '../exchange/market/symbol';
import { changeOf, type Ticker } from '../exchange/market/ticker';
import { element, setData, setText } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { card, type Card, whileVisible } from './card';
import { Sparkline } from './sparkline';

const keptMinutes = 60;
const retryMilliseconds = 1000;

/** Creates the exchange's card: every market with its price, its 24-hour change and its last hour. */
export function exchangeCard(connection: Connection): Card {
  const preview = element('div', { class: 'quotes' }, openingNotice(connection, 'Opening the market…', 'Prices appear as soon as the connection is open.'));
  let isFilled = false;
  let isVisible = false;
  let show: Card['setVisible'] = () => undefined;
  connection.client.on('connected', () => {
    if (!isFilled) void fill();
  });
  const fill = async () => {
    try {
      const { data } = await connection.client.rpc('exchange.info', {});
      const instruments = (data as { symbols: SymbolInfo[] }).symbols.map(instrumentOf);
      if (isFilled) return;
      isFilled = true;
      const quotes = instruments.map((instrument) => quote(connection, instrument));
      preview.replaceChildren(quoteHead(), ...quotes.map(({ row }) => row));
      show = whileVisible(...quotes.map(({ tickers }) => tickers));
      show(isVisible);
    } catch {
      // After a lost connection the next connect loads again; after an error the call is retried.
      if (connection.state === 'connected') setTimeout(() => void (isFilled || fill()), retryMilliseconds);
    }
  };
  const root = card(
    {
      name: 'Exchange',
      href: '/exchange/SOLUSDT',
      topic: 'Watch · financial tickers',
      sentence: 'A simulated market with an order book, candles and your own demo account.',
      demonstrates: ['every change of the book, in order', 'missed trades come back', 'orders and prices over one connection'],
      task: 'buy at the market and watch your trade in the book, the chart and your balance at once.',
    },
    preview,
  );
  return {
    root,
    setVisible: (is) => {
      isVisible = is;
      show(is);
    },
  };
}

function quoteHead(): HTMLElement {
  const cells = ['', 'last hour', 'price', '24 h'].map((name) => element('span', {}, name));
  return element('p', { class: 'quote-head muted' }, ...cells);
}

function quote(connection: Connection, instrument: Instrument): { row: HTMLElement; tickers: Subscription } {
  const price = element('span', { class: 'number' }, '–');
  const change = element('span', { class: 'number' }, '–');
  const line = new Sparkline();
  let closes: number[] = [];
  let ticker: Ticker | undefined;
  const paint = () => {
    if (!ticker) return;
    setText(price, showPrice(ticker.last, instrument));
    const moved = changeOf(ticker, instrument);
    setText(change, moved.percent);
    setData(change, 'direction', moved.direction);
    const [first, last] = [closes[0], Number(ticker.last)];
    if (first === undefined) return;
    setData(row, 'trend', last > first ? 'up' : last < first ? 'down' : '');
    line.draw([...closes, last]);
  };
  const take = (data: unknown) => {
    if (!data) return;
    ticker = data as Ticker;
    painter.mark(paint);
  };
  const tickers = connection.client.newSubscription(`ticker:${instrument.symbol}`);
  tickers.on('subscribed', ({ data }) => {
    take(data);
    void loadHour();
  });
  tickers.on('publication', ({ data }) => take(data));
  // Loaded on each connect, because a restart of the server replaces the last hour.
  const loadHour = async () => {
    const parameters = { symbol: instrument.symbol, interval: '1m', limit: keptMinutes };
    try {
      const { data } = await connection.client.rpc('exchange.klines', parameters);
      closes = (data as { klines: Kline[] }).klines.map((kline) => Number(kline.close));
      painter.mark(paint);
    } catch {
      // After a lost connection the next connect loads again; after an error the call is retried.
      if (connection.state === 'connected') setTimeout(() => void loadHour(), retryMilliseconds);
    }
  };
  const row = element(
    'a',
    {
      class: 'quote',
      href: `/exchange/${instrument.symbol}`,
      title: 'The line shows the last hour, the percentage the last 24 hours',
    },
    element('span', {}, instrument.base, element('span', { class: 'muted' }, `/${instrument.quote}`)),
    line.root as unknown as Node,
    price,
    change,
  );
  return { row, tickers };
}
