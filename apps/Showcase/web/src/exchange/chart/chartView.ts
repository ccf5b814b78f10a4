import {
  CandlestickSeries,
  createChart,
  createSeriesMarkers,
  HistogramSeries,
  type IChartApi,
  type ISeriesApi,
  type ISeriesMarkersPluginApi,
  LineSeries,
  type MouseEventParams,
  type SeriesMarker,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { element, setData, setText } from '../../page/element';
import { pace } from '../../page/pace';
import { onThemeChange, token } from '../../page/theme';
import type { Account, Fill } from '../account/account';
import { type Candle, intervalMilliseconds, movingAverage } from '../market/candles';
import { groupThousands } from '../market/decimal';
import type { Market } from '../market/market';
import { compact } from '../market/ticker';
import { chartColours, tickLabel, timeLabel } from './chartLook';

const averageLengths = [7, 25, 99] as const;
const candleWidth = 7;
const candlesLeftBeforeLoading = 20;
// The chart is the most expensive drawing, and ten updates per second look continuous.
const updateMilliseconds = 100;

/** The candle chart with volume, three moving averages, marks of the account's fills and a legend. */
export class ChartView {
  readonly root: HTMLElement;
  readonly #market: Market;
  readonly #account: Account;
  readonly #canvas = element('div', { class: 'chart-canvas' });
  readonly #legend = element('div', { class: 'legend number' });
  readonly #notice = element('p', { class: 'notice' }, 'Loading candles…');
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  readonly #volume: ISeriesApi<'Histogram'>;
  readonly #averages: ISeriesApi<'Line'>[];
  // While this plugin is attached, each update of the candles lays out the whole chart and draws it twice.
  // It is attached only while there are marks.
  #markers: ISeriesMarkersPluginApi<Time> | undefined;
  #pointed: number | undefined;
  #drawn = 0;
  #drawnVersion = 0;

  constructor(market: Market, account: Account, loadOlder: () => void) {
    this.#market = market;
    this.#account = account;
    this.root = element('div', { class: 'chart' }, this.#legend, this.#canvas, this.#notice);
    const { pricePlaces } = market.instrument;
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
    const minMove = 10 ** -pricePlaces;
    this.#candles = this.#chart.addSeries(CandlestickSeries, {
      priceFormat: { type: 'price', precision: pricePlaces, minMove },
    });
    this.#averages = averageLengths.map(() =>
      this.#chart.addSeries(LineSeries, {
        lineWidth: 1,
        priceLineVisible: false,
        lastValueVisible: false,
        crosshairMarkerVisible: false,
      }),
    );
    this.#volume = this.#chart.addSeries(
      HistogramSeries,
      { priceFormat: { type: 'volume' }, priceLineVisible: false, lastValueVisible: false },
      1,
    );
    this.#chart.panes()[0]?.setStretchFactor(5);
    this.#chart.panes()[1]?.setStretchFactor(1);
    this.#look();
    onThemeChange(() => {
      this.#look();
      this.#load();
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
  }

  #look(): void {
    const colours = chartColours();
    this.#chart.applyOptions(colours.chart);
    this.#candles.applyOptions(colours.candles);
    for (const [index, series] of this.#averages.entries())
      series.applyOptions({ color: colours.averages[index] ?? '' });
  }

  #load(): void {
    const { candles, hasHistory } = this.#market;
    this.#notice.hidden = hasHistory;
    const all = hasHistory ? candles.all : [];
    const before = this.#drawn;
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    this.#candles.setData(all.map((candle) => ({ ...candle, time: timeOf(candle) })));
    this.#volume.setData(all.map((candle) => volumeOf(candle)));
    for (const [index, length] of averageLengths.entries())
      this.#averages[index]?.setData(
        all.flatMap((candle, position) => {
          const value = movingAverage(all, length, position);
          return value === undefined ? [] : [{ time: timeOf(candle), value }];
        }),
      );
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
    for (let position = Math.max(0, this.#drawn - 1); position < all.length; position++) {
      const candle = all[position];
      if (!candle) continue;
      const time = timeOf(candle);
      this.#candles.update({ ...candle, time });
      this.#volume.update(volumeOf(candle));
      for (const [index, length] of averageLengths.entries()) {
        const value = movingAverage(all, length, position);
        if (value !== undefined) this.#averages[index]?.update({ time, value });
      }
    }
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
    const { candles, hasHistory, instrument } = this.#market;
    const index = this.#pointed !== undefined && this.#pointed >= 0 ? this.#pointed : candles.all.length - 1;
    const candle = hasHistory ? candles.all[index] : undefined;
    if (!candle) {
      setText(this.#legend, '');
      return;
    }
    if (this.#legend.childElementCount === 0) {
      for (const name of ['open', 'high', 'low', 'close', 'change', 'volume', 'ma7', 'ma25', 'ma99'])
        this.#legend.append(element('span', { class: name }));
    }
    const price = (value: number | undefined) =>
      value === undefined ? '–' : groupThousands(value.toFixed(instrument.pricePlaces));
    const change = candle.open === 0 ? 0 : ((candle.close - candle.open) / candle.open) * 100;
    const texts = [
      `O ${price(candle.open)}`,
      `H ${price(candle.high)}`,
      `L ${price(candle.low)}`,
      `C ${price(candle.close)}`,
      `${change >= 0 ? '+' : ''}${change.toFixed(2)}%`,
      `V ${compact(String(candle.volume))}`,
      ...averageLengths.map((length) => `MA ${length} ${price(movingAverage(candles.all, length, index))}`),
    ];
    for (const [position, text] of texts.entries()) {
      const node = this.#legend.children[position];
      if (node) setText(node, text);
    }
    setData(this.#legend, 'direction', change >= 0 ? 'up' : 'down');
  }

  #markFills(): void {
    const { candles, hasHistory, instrument } = this.#market;
    const first = candles.all[0]?.openTime;
    if (!hasHistory || first === undefined) return;
    const length = intervalMilliseconds[candles.interval];
    // One mark per side and candle: the fills of one order must not stack up.
    const counts = new Map<string, { time: UTCTimestamp; side: Fill['side']; count: number }>();
    for (const fill of this.#account.fills.toReversed()) {
      if (fill.symbol !== instrument.symbol || fill.time < first) continue;
      const time = (Math.floor(fill.time / length) * (length / 1000)) as UTCTimestamp;
      const key = `${time}${fill.side}`;
      const known = counts.get(key) ?? { time, side: fill.side, count: 0 };
      known.count++;
      counts.set(key, known);
    }
    const markers: SeriesMarker<Time>[] = [...counts.values()].map(({ time, side, count }) => ({
      time,
      position: side === 'buy' ? 'belowBar' : 'aboveBar',
      shape: side === 'buy' ? 'arrowUp' : 'arrowDown',
      color: token(side === 'buy' ? 'up' : 'down'),
      text: `${side === 'buy' ? 'B' : 'S'}${count > 1 ? ` ${count}` : ''}`,
    }));
    if (markers.length === 0) {
      this.#markers?.detach();
      this.#markers = undefined;
    } else if (this.#markers) this.#markers.setMarkers(markers);
    else this.#markers = createSeriesMarkers(this.#candles, markers);
  }
}

function timeOf(candle: Candle): UTCTimestamp {
  return (candle.openTime / 1000) as UTCTimestamp;
}

function volumeOf(candle: Candle) {
  const colour = token(candle.close >= candle.open ? 'up' : 'down');
  return { time: timeOf(candle), value: candle.volume, color: `${colour}80` };
}
