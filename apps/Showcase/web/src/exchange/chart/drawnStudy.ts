import { HistogramSeries, type IChartApi, type ISeriesApi, LineSeries, type UTCTimestamp } from 'lightweight-charts';
import { token } from '../../page/theme';
import type { Candle } from '../market/candles';
import type { Values } from './indicators';
import type { Study, StudyLine } from './studies';

/** An indicator on the chart: a series for each of its lines. */
export class DrawnStudy {
  readonly study: Study;
  readonly #series: { line: StudyLine; series: ISeriesApi<'Line'> | ISeriesApi<'Histogram'> }[];
  #values: readonly Values[] = [];

  constructor(chart: IChartApi, study: Study, pane: number, pricePlaces: number) {
    this.study = study;
    const precision = study.isPrice ? pricePlaces : 2;
    const options = {
      priceLineVisible: false,
      lastValueVisible: false,
      priceFormat: study.id === 'vol' ? { type: 'volume' as const } : { type: 'price' as const, precision, minMove: 10 ** -precision },
    };
    this.#series = study.lines.map((line) => ({
      line,
      series: line.bars
        ? chart.addSeries(HistogramSeries, options, pane)
        : chart.addSeries(LineSeries, { ...options, lineWidth: 1, crosshairMarkerVisible: false }, pane),
    }));
    this.look();
  }

  get series(): readonly (ISeriesApi<'Line'> | ISeriesApi<'Histogram'>)[] {
    return this.#series.map(({ series }) => series);
  }

  look(): void {
    for (const { line, series } of this.#series) series.applyOptions({ color: token(line.colour) });
  }

  /** Returns the value of a line at a candle. */
  valueAt(line: number, index: number): number | undefined {
    return this.#values[line]?.[index];
  }

  load(candles: readonly Candle[]): void {
    this.#values = this.study.compute(candles);
    for (const [index, { series }] of this.#series.entries())
      series.setData(candles.flatMap((candle, position) => this.#pointOf(index, candle, position) ?? []));
  }

  /** Computes the values again and draws those from a candle on. */
  update(candles: readonly Candle[], from: number): void {
    this.#values = this.study.compute(candles);
    for (const [index, { series }] of this.#series.entries())
      for (let position = from; position < candles.length; position++) {
        const candle = candles[position];
        const point = candle && this.#pointOf(index, candle, position);
        if (point) series.update(point);
      }
  }

  #pointOf(index: number, candle: Candle, position: number) {
    const value = this.#values[index]?.[position];
    if (value === undefined) return;
    const time = (candle.openTime / 1000) as UTCTimestamp;
    const direction = this.#series[index]?.line.bars?.(candle, value);
    return direction ? { time, value, color: `${token(direction)}80` } : { time, value };
  }
}
