import { element } from '../../page/element';
import { isComposing } from '../../page/keys';
import type { Market } from '../market/market';
import { MarketRow } from './marketRow';

/** Creates the list of all symbols with price and change. Symbols are links, so they also open in a new tab. */
function marketList(market: Market): HTMLElement {
  const list = element('nav', { 'class': 'market-list', 'aria-label': 'Markets' });
  const rows = market.instruments.map((instrument) => new MarketRow(instrument, market));
  list.append(...rows.map((row) => row.root));
  market.draw(['tickers', 'last'], () => {
    for (const row of rows) row.paint();
  });
  return list;
}

/** Shows the list with a search field in a dialog, to switch the symbol. */
export function marketDialog(market: Market): HTMLDialogElement {
  const list = marketList(market);
  const search = element('input', {
    'type': 'search',
    'placeholder': 'Search, for example BTC',
    'aria-label': 'Search markets',
  });
  const none = element('p', { class: 'notice', hidden: true }, 'No market matches.');
  search.addEventListener('input', () => {
    const wanted = search.value.trim().toUpperCase();
    const links = [...list.querySelectorAll('a')];
    for (const link of links) link.hidden = !(link.textContent ?? '').toUpperCase().includes(wanted);
    none.hidden = links.some((link) => !link.hidden);
  });
  const dialog = element(
    'dialog',
    { 'class': 'dialog', 'aria-label': 'Markets' },
    element('h2', {}, 'Markets'),
    element('div', { class: 'body' }, element('div', { class: 'field' }, search), list, none),
  );
  search.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !isComposing(event)) list.querySelector<HTMLAnchorElement>('a:not([hidden])')?.click();
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  return dialog;
}
