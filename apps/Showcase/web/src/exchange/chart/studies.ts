import type { Candle } from '../market/candles';
import { average, bollinger, macd, relativeStrength, type Values } from './indicators';

export type StudyId = 'ma' | 'boll' | 'vol' | 'macd' | 'rsi';

export interface StudyLine {
  /** The class of its value in the legend. */
  id: string;
  /** The text before its value in the legend, empty for a line without one. */
  title: string;
  /** The name of the token with its colour. */
  colour: string;
  /** Bars take the colour of the direction that this returns. */
  bars?: (candle: Candle, value: number) => 'up' | 'down';
}

/** An indicator as it is drawn. */
export interface Study {
  id: StudyId;
  title: string;
  /** Whether it is drawn below the prices, in a pane of its own. */
  hasPane: boolean;
  /** Whether its values are prices. */
  isPrice: boolean;
  lines: readonly StudyLine[];
  /** Returns the values of each line. */
  compute: (candles: readonly Candle[]) => readonly Values[];
}

const averageLengths = [7, 25, 99];
const closesOf = (candles: readonly Candle[]) => candles.map((candle) => candle.close);

export const studies: readonly Study[] = [
  {
    id: 'ma',
    title: 'MA: moving averages of 7, 25 and 99',
    hasPane: false,
    isPrice: true,
    lines: averageLengths.map((length, index) => ({ id: `ma${length}`, title: `MA ${length}`, colour: `average-${index + 1}` })),
    compute: (candles) => averageLengths.map((length) => average(closesOf(candles), length)),
  },
  {
    id: 'boll',
    title: 'BOLL: Bollinger bands of 20',
    hasPane: false,
    isPrice: true,
    lines: [
      { id: 'upper', title: 'BOLL', colour: 'accent' },
      { id: 'middle', title: '', colour: 'muted' },
      { id: 'lower', title: '–', colour: 'accent' },
    ],
    compute: (candles) => {
      const { upper, middle, lower } = bollinger(closesOf(candles));
      return [upper, middle, lower];
    },
  },
  {
    id: 'vol',
    title: 'VOL: volume',
    hasPane: true,
    isPrice: false,
    lines: [{ id: 'vol', title: '', colour: 'muted', bars: (candle) => (candle.close >= candle.open ? 'up' : 'down') }],
    compute: (candles) => [candles.map((candle) => candle.volume)],
  },
  {
    id: 'macd',
    title: 'MACD: 12, 26 and 9',
    hasPane: true,
    isPrice: true,
    lines: [
      { id: 'macd-bars', title: '', colour: 'muted', bars: (_, value) => (value >= 0 ? 'up' : 'down') },
      { id: 'macd', title: 'MACD', colour: 'average-1' },
      { id: 'signal', title: 'signal', colour: 'average-2' },
    ],
    compute: (candles) => {
      const { macd: difference, signal, histogram } = macd(closesOf(candles));
      return [histogram, difference, signal];
    },
  },
  {
    id: 'rsi',
    title: 'RSI: relative strength of 14',
    hasPane: true,
    isPrice: false,
    lines: [{ id: 'rsi', title: 'RSI 14', colour: 'average-3' }],
    compute: (candles) => [relativeStrength(closesOf(candles))],
  },
];
