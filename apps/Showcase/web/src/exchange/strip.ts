import type { Connection } from '../connection/connection';
import { element, setData, setText } from '../page/element';
import { Title } from '../page/title';
import { formatUnits, parseUnits } from './market/decimal';
import type { Market } from './market/market';
import { changeOf, compact } from './market/ticker';

/** Creates the strip under the header: the pair, its last price and its 24-hour statistics. */
export function marketStrip(
  market: Market,
  connection: Connection,
  openMarkets: (button: HTMLElement) => void,
): HTMLElement {
  const { instrument } = market;
  const price = element('strong', { 'class': 'number last', 'data-testid': 'last-price' }, '–');
  const figures = new Map<string, HTMLElement>();
  const figure = (name: string, title = name): HTMLElement => {
    const value = element('dd', { 'class': 'number', 'data-name': name }, '–');
    figures.set(name, value);
    return element('div', {}, element('dt', {}, title), value);
  };
  const pair = element(
    'button',
    {
      'type': 'button',
      'class': 'button plain pair',
      'title': 'Markets (m)',
      'aria-haspopup': 'dialog',
      'click': () => openMarkets(pair),
    },
    element('span', {}, `${instrument.base}/${instrument.quote}`),
    '▾',
  );
  const strip = element(
    'section',
    { 'class': 'strip panel', 'aria-label': 'Last 24 hours' },
    pair,
    price,
    element(
      'dl',
      {},
      figure('change', '24 h change'),
      figure('high', '24 h high'),
      figure('low', '24 h low'),
      figure('volume', `24 h volume ${instrument.base}`),
      figure('value', `24 h volume ${instrument.quote}`),
      figure('delay', 'delay'),
    ),
  );
  const set = (name: string, text: string) => {
    const node = figures.get(name);
    if (node) setText(node, text);
  };

  const title = new Title(() =>
    market.last ? `${market.last.text} ${instrument.base}/${instrument.quote} · Duplex` : '',
  );
  market.follow('last', () => title.touch());

  const paint = () => {
    const { last } = market;
    if (last) {
      setText(price, last.text);
      setData(price, 'direction', last.direction);
      title.write();
    }
    const ticker = market.tickers.get(instrument.symbol);
    if (!ticker || !last) return;
    const units = (text: string) => parseUnits(text, instrument.pricePlaces);
    const change = changeOf(ticker, instrument, last.price);
    set('change', `${change.absolute}  ${change.percent}`);
    const changed = figures.get('change');
    if (changed) setData(changed, 'direction', change.direction);
    // The ticker arrives once per second; a new extreme in between is shown at once.
    set('high', formatUnits(Math.max(units(ticker.high), last.price), instrument.pricePlaces, true));
    set('low', formatUnits(Math.min(units(ticker.low), last.price), instrument.pricePlaces, true));
    set('volume', compact(ticker.volume));
    set('value', compact(ticker.quoteVolume));
    set(
      'delay',
      connection.oneWay === undefined
        ? '–'
        : `${connection.oneWay.toFixed(connection.oneWay < 10 ? 1 : 0)} ms`,
    );
    figures.get('delay')?.classList.toggle('warn', market.lateBy !== undefined);
  };
  market.draw(['last', 'ticker', 'live'], paint);
  return strip;
}
