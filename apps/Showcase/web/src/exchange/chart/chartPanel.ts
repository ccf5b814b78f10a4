import { checkMenu } from '../../page/checkMenu';
import { element } from '../../page/element';
import { remember } from '../../page/settings';
import { Tabs } from '../../page/tabs';
import type { Account } from '../account/account';
import type { MarketFeed } from '../market/feed';
import { type Interval, intervals } from '../market/interval';
import type { Market } from '../market/market';
import { ChartSettings, rememberedInterval } from './chartSettings';
import { ChartView } from './chartView';
import { DepthView } from './depthView';
import { studies } from './studies';

const nearIntervals: readonly Interval[] = ['1s', '1m', '5m', '15m', '1h', '4h', '1d'];

/** Creates the chart's panel: candles by interval, or the depth of the book. */
export function chartPanel(market: Market, feed: MarketFeed, account: Account): HTMLElement {
  const settings = new ChartSettings();
  const chart = new ChartView(market, account, settings, () => void feed.loadOlder());
  const depth = new DepthView(market);
  const toolbar = element('div', { class: 'toolbar' }, intervalChooser(feed), lookChooser(settings));
  const tabs = new Tabs(
    'Chart',
    [
      { id: 'candles', title: 'Chart' },
      { id: 'depth', title: 'Depth' },
    ],
    (id) => {
      chart.root.hidden = id !== 'candles';
      depth.root.hidden = id !== 'depth';
      toolbar.hidden = id !== 'candles';
      market.touch('book');
    },
  );
  tabs.choose('candles');
  return element(
    'section',
    { 'class': 'panel chart-panel', 'aria-label': 'Chart' },
    element('header', {}, tabs.root, toolbar),
    chart.root,
    depth.root,
  );
}

/** Creates buttons for the usual intervals, and a list of the others. */
function intervalChooser(feed: MarketFeed): HTMLElement {
  let chosen = rememberedInterval();
  const buttons = nearIntervals.map((interval) =>
    element('button', { type: 'button', class: 'button plain interval', click: () => choose(interval) }, interval));
  const others = element('select', { 'class': 'button plain interval', 'aria-label': 'Other intervals' });
  others.append(element('option', { value: '' }, 'More'));
  for (const interval of intervals)
    if (!nearIntervals.includes(interval)) others.append(element('option', { value: interval }, interval));
  const paint = () => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.textContent === chosen));
    others.value = nearIntervals.includes(chosen) ? '' : chosen;
    others.dataset['chosen'] = others.value === '' ? 'no' : 'yes';
  };
  const choose = (interval: Interval) => {
    if (interval === chosen) return;
    chosen = interval;
    remember('interval', interval);
    paint();
    feed.chooseInterval(interval);
  };
  others.addEventListener('change', () => {
    if (others.value === '') paint();
    else choose(others.value as Interval);
  });
  paint();
  return element('div', { 'class': 'intervals', 'role': 'group', 'aria-label': 'Interval' }, ...buttons, others);
}

function lookChooser(settings: ChartSettings): HTMLElement {
  const line = element(
    'button',
    {
      'type': 'button',
      'class': 'button plain interval',
      'title': 'Draw a line of the closing prices',
      'aria-pressed': String(settings.isLine),
      'click': () => {
        settings.isLine = !settings.isLine;
        line.setAttribute('aria-pressed', String(settings.isLine));
      },
    },
    'Line',
  );
  const checks = studies.map(({ id, title }) => ({
    label: title,
    isChecked: settings.shown.has(id),
    change: (isShown: boolean) => settings.show(id, isShown),
  }));
  const indicators = checkMenu('Indicators', checks);
  indicators.classList.add('interval');
  return element('div', { 'class': 'intervals', 'role': 'group', 'aria-label': 'Look' }, line, indicators);
}
