import { element, setText } from '../../page/element';
import { Tabs } from '../../page/tabs';
import type { Market } from '../market/market';
import type { Instrument } from '../market/symbol';
import { Favourites } from './favourites';
import { MarketRow } from './marketRow';
import { marketsOf, type MarketView } from './marketOrder';

const emptyWords: Record<MarketView, string> = {
  all: 'No market matches.',
  movers: 'No market matches.',
  favourites: 'No favourites. Press the star of a market to find it here.',
};

/** Creates the panel of all markets: search, favourites, movers, and change or volume. */
export function marketPanel(market: Market): HTMLElement {
  const favourites = new Favourites();
  const list = element('nav', { 'class': 'market-list starred', 'aria-label': 'All markets' });
  const notice = element('p', { class: 'notice', hidden: true });
  const search = element('input', { 'type': 'search', 'placeholder': 'Search', 'aria-label': 'Search all markets', 'maxlength': 20 });
  const column = element('select', { 'class': 'button plain', 'aria-label': 'Last column' });
  column.append(element('option', { value: 'change' }, 'Change'), element('option', { value: 'volume' }, 'Volume'));
  const rows = new Map(market.instruments.map((instrument) => [instrument.symbol, starredRow(instrument)]));

  function starredRow(instrument: Instrument) {
    const row = new MarketRow(instrument, market);
    const star = element('button', { 'type': 'button', 'class': 'button plain star', 'aria-label': `Favourite ${instrument.base}` });
    const paintStar = () => {
      const isOn = favourites.symbols.has(instrument.symbol);
      star.setAttribute('aria-pressed', String(isOn));
      setText(star, isOn ? '★' : '☆');
    };
    star.addEventListener('click', () => {
      favourites.toggle(instrument.symbol);
      paintStar();
      paint();
    });
    paintStar();
    return { row, root: element('div', { class: 'market-row' }, star, row.root) };
  }

  const paint = () => {
    const view = tabs.chosen as MarketView;
    const shown = marketsOf(view, search.value, market.instruments, market.tickers, favourites.symbols);
    const wanted = shown.flatMap(({ symbol }) => rows.get(symbol)?.root ?? []);
    if (wanted.length !== list.childElementCount || wanted.some((node, index) => list.children[index] !== node))
      list.replaceChildren(...wanted);
    notice.hidden = shown.length > 0;
    setText(notice, search.value.trim() === '' ? emptyWords[view] : emptyWords.all);
    for (const { row } of rows.values()) row.paint(column.value as 'change' | 'volume');
  };
  const tabs = new Tabs(
    'Markets',
    [
      { id: 'all', title: 'Markets' },
      { id: 'favourites', title: '★' },
      { id: 'movers', title: 'Movers' },
    ],
    () => market.touch('tickers'),
  );
  tabs.root.querySelector('[data-tab=favourites]')?.setAttribute('aria-label', 'Favourites');
  search.addEventListener('input', paint);
  column.addEventListener('change', paint);
  tabs.choose('all');
  market.draw(['tickers', 'last'], paint);
  return element(
    'section',
    { 'class': 'panel markets', 'aria-label': 'Markets' },
    element('header', {}, tabs.root, column),
    element('div', { class: 'field market-search' }, search),
    list,
    notice,
  );
}
