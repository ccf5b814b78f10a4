import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  type MouseEventParams,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { element } from '../../page/element';
import { pace } from '../../page/pace';
import { onThemeChange, token } from '../../page/theme';
import type { Account } from '../account/account';
import type { Candle } from '../market/candles';
import { groupThousands } from '../market/decimal';
import type { Market } from '../market/market';
import { ChartLegend } from './chartLegend';
import { chartColours, tickLabel, timeLabel } from './chartLook';
import type { ChartSettings } from './chartSettings';
import { DrawnStudy } from './drawnStudy';
import { fillMarks } from './fillMarks';
import { OrderLines } from './orderLines';
import { studies } from './studies';

const candleWidth = 7;
const candlesLeftBeforeLoading = 20;
// The chart is the most expensive drawing, and ten updates per second look continuous.
const updateMilliseconds = 100;
const pricesHeight = 5;

type Prices = ISeriesApi<'Candlestick'> | ISeriesApi<'Line'>;

/** The chart of candles or closes with the chosen indicators, the account's open orders and its fills, and a legend. */
export class ChartView {
  readonly root: HTMLElement;
  readonly #market: Market;
  readonly #account: Account;
  readonly #settings: ChartSettings;
  readonly #canvas = element('div', { class: 'chart-canvas' });
  readonly #legend: ChartLegend;
  readonly #notice = element('p', { class: 'notice' }, 'Loading candles…');
  readonly #chart: IChartApi;
  readonly #orderLines: OrderLines;
  #prices: Prices;
  #studies: readonly DrawnStudy[] = [];
  // While this plugin is attached, each update of the candles lays out the whole chart and draws it twice.
  // It is attached only while there are marks.
  #markers: ISeriesMarkersPluginApi<Time> | undefined;
  #pointed: number | undefined;
  #drawn = 0;
  #drawnVersion = 0;

  constructor(market: Market, account: Account, settings: ChartSettings, loadOlder: () => void) {
    this.#market = market;
    this.#account = account;
    this.#settings = settings;
    const { pricePlaces } = market.instrument;
    this.#legend = new ChartLegend(pricePlaces);
    this.#orderLines = new OrderLines(account, market.instrument);
    this.root = element('div', { class: 'chart' }, this.#legend.root, this.#canvas, this.#notice);
    const price = (value: number) => groupThousands(value.toFixed(pricePlaces));
    this.#chart = createChart(this.#canvas, {
      autoSize: true,
      localization: { priceFormatter: price, timeFormatter: (time: Time) => timeLabel(time as number) },
      timeScale: {
        timeVisible: true,
        secondsVisible: true,
        tickMarkFormatter: tickLabel,
        rightOffset: 4,
        borderVisible: false,
      },
      rightPriceScale: { borderVisible: false, entireTextOnly: true, scaleMargins: { top: 0.06, bottom: 0.06 } },
      crosshair: { mode: 0 },
    });
    this.#prices = this.#build();
    settings.onChange = () => this.#rebuild();
    onThemeChange(() => {
      this.#look();
      this.#load();
      this.#orderLines.moveTo(this.#prices);
      this.#markFills();
    });
    this.#chart.subscribeCrosshairMove((event) => this.#point(event));
    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      if (range && range.from < candlesLeftBeforeLoading && market.hasHistory && this.#drawn > 0) loadOlder();
    });
    // The chart schedules its drawing for the next frame, so it is updated outside of a frame and draws with the rest.
    market.follow('candle', pace(updateMilliseconds, () => this.#update()));
    market.draw(['history'], () => this.#load());
    market.draw(['candle', 'history', 'last'], () => this.#paintLegend());
    market.draw(['account', 'history'], () => this.#markFills());
    market.draw(['account'], () => this.#orderLines.draw());
  }

  /** Creates the series of the chosen look. The prices are the first, so everything else is drawn above them. */
  #build(): Prices {
    const { pricePlaces } = this.#market.instrument;
    const priceFormat = { type: 'price', precision: pricePlaces, minMove: 10 ** -pricePlaces } as const;
    this.#prices = this.#settings.isLine
      ? this.#chart.addSeries(LineSeries, { priceFormat, lineWidth: 2 })
      : this.#chart.addSeries(CandlestickSeries, { priceFormat });
    let pane = 0;
    this.#studies = studies
      .filter(({ id }) => this.#settings.shown.has(id))
      .map((study) => new DrawnStudy(this.#chart, study, study.hasPane ? ++pane : 0, pricePlaces));
    for (const [index, part] of this.#chart.panes().entries()) part.setStretchFactor(index === 0 ? pricesHeight : 1);
    this.#legend.choose(this.#studies);
    this.#look();
    this.#orderLines.moveTo(this.#prices);
    return this.#prices;
  }

  #rebuild(): void {
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    this.#markers?.detach();
    this.#markers = undefined;
    for (const { series } of this.#studies) for (const line of series) this.#chart.removeSeries(line);
    this.#chart.removeSeries(this.#prices);
    this.#build();
    this.#load();
    if (range) this.#chart.timeScale().setVisibleLogicalRange(range);
    this.#markFills();
    this.#paintLegend();
  }

  #look(): void {
    const { chart, candles, line } = chartColours();
    this.#chart.applyOptions(chart);
    this.#prices.applyOptions(this.#settings.isLine ? line : candles);
    for (const study of this.#studies) study.look();
  }

  #load(): void {
    const { candles, hasHistory } = this.#market;
    this.#notice.hidden = hasHistory;
    const all = hasHistory ? candles.all : [];
    const before = this.#drawn;
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    this.#prices.setData(all.map((candle) => pointOf(candle)));
    for (const study of this.#studies) study.load(all);
    this.#drawn = all.length;
    this.#drawnVersion = candles.version;
    // After older candles are prepended, the visible range is kept. A new history scrolls to its end.
    const added = all.length - before;
    if (before > 0 && range && added > 1 && range.from + added >= 0)
      this.#chart.timeScale().setVisibleLogicalRange({ from: range.from + added, to: range.to + added });
    else if ((before === 0 || added < 0) && all.length > 0)
      this.#chart.timeScale().setVisibleLogicalRange({
        from: all.length - this.#canvas.clientWidth / candleWidth,
        to: all.length + 3,
      });
  }

  #update(): void {
    const { candles, hasHistory } = this.#market;
    if (!hasHistory || this.#drawn === 0 || this.#drawnVersion !== candles.version) return;
    const all = candles.all;
    // There is more than one when a trade opened a candle right after the server closed the previous one.
    const from = Math.max(0, this.#drawn - 1);
    for (const candle of all.slice(from)) this.#prices.update(pointOf(candle));
    for (const study of this.#studies) study.update(all, from);
    this.#drawn = all.length;
  }

  #point(event: MouseEventParams): void {
    const time = event.time as number | undefined;
    this.#pointed
      = time === undefined
        ? undefined
        : this.#market.candles.all.findIndex((candle) => candle.openTime === time * 1000);
    this.#paintLegend();
  }

  #paintLegend(): void {
    const { candles, hasHistory } = this.#market;
    const isPointed = this.#pointed !== undefined && this.#pointed >= 0;
    const index = isPointed ? (this.#pointed ?? 0) : candles.all.length - 1;
    // The indicators are computed when the chart is drawn, which may follow the opening of a candle.
    const computed = isPointed ? index : Math.min(index, this.#drawn - 1);
    this.#legend.paint(hasHistory ? candles.all[index] : undefined, computed, this.#studies);
  }

  #markFills(): void {
    const { candles, hasHistory, instrument } = this.#market;
    const first = candles.all[0]?.openTime;
    if (!hasHistory || first === undefined) return;
    const marks = fillMarks(this.#account.fills, instrument.symbol, candles.interval, first);
    const markers: SeriesMarker<Time>[] = marks.map(({ openTime, side, orders }) => ({
      time: (openTime / 1000) as UTCTimestamp,
      position: side === 'buy' ? 'belowBar' : 'aboveBar',
      shape: side === 'buy' ? 'arrowUp' : 'arrowDown',
      color: token(side === 'buy' ? 'up' : 'down'),
      text: `${side === 'buy' ? 'B' : 'S'}${orders > 1 ? ` ${orders}` : ''}`,
    }));
    if (markers.length === 0) {
      this.#markers?.detach();
      this.#markers = undefined;
    } else if (this.#markers) this.#markers.setMarkers(markers);
    else this.#markers = createSeriesMarkers(this.#prices, markers);
  }
}

/** Returns a candle as both kinds of series take it: a line reads the value. */
function pointOf(candle: Candle) {
  return { ...candle, value: candle.close, time: (candle.openTime / 1000) as UTCTimestamp };
}
