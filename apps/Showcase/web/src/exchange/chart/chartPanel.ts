import { element } from '../../page/element';
import { remember, remembered } from '../../page/settings';
import { Tabs } from '../../page/tabs';
import type { Account } from '../account/account';
import { type Interval, intervals } from '../market/candles';
import type { MarketFeed } from '../market/feed';
import type { Market } from '../market/market';
import { ChartView } from './chartView';
import { DepthView } from './depthView';

/** Returns the interval that was chosen last, by default one minute. */
export function rememberedInterval(): Interval {
  const stored = remembered('interval') as Interval | undefined;
  return stored && intervals.includes(stored) ? stored : '1m';
}

/** Creates the chart's panel: candles by interval, or the depth of the book. */
export function chartPanel(market: Market, feed: MarketFeed, account: Account): HTMLElement {
  const chart = new ChartView(market, account, () => void feed.loadOlder());
  const depth = new DepthView(market);
  let chosen = rememberedInterval();
  const buttons = intervals.map((interval) =>
    element(
      'button',
      {
        'type': 'button',
        'class': 'button plain interval',
        'aria-pressed': String(interval === chosen),
        'click': () => choose(interval),
      },
      interval,
    ),
  );
  const choose = (interval: Interval) => {
    if (interval === chosen) return;
    chosen = interval;
    remember('interval', interval);
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(button.textContent === interval));
    feed.chooseInterval(interval);
  };
  const toolbar = element('div', { 'class': 'intervals', 'role': 'group', 'aria-label': 'Interval' }, ...buttons);
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
