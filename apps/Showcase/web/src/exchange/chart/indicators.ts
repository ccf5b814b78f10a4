/** A value per candle, undefined where too few candles precede it. */
export type Values = readonly (number | undefined)[];

/** Returns the simple moving averages of `values`. */
export function average(values: readonly number[], length: number): Values {
  let sum = 0;
  return values.map((value, index) => {
    sum += value - (values[index - length] ?? 0);
    return index < length - 1 ? undefined : sum / length;
  });
}

/** Returns the exponential moving averages of `values`. The first one is the simple average of as many values. */
export function exponentialAverage(values: Values, length: number): Values {
  const weight = 2 / (length + 1);
  let count = 0;
  let latest = 0;
  return values.map((value) => {
    if (value === undefined) return undefined;
    count++;
    latest = count <= length ? latest + value / length : latest + (value - latest) * weight;
    return count < length ? undefined : latest;
  });
}

export interface Bands {
  upper: Values;
  middle: Values;
  lower: Values;
}

/** Returns the Bollinger bands: the moving average, and `width` standard deviations above and below it. */
export function bollinger(closes: readonly number[], length = 20, width = 2): Bands {
  const middle = average(closes, length);
  const distances = middle.map((mean, index) => {
    if (mean === undefined) return undefined;
    const window = closes.slice(index - length + 1, index + 1);
    return width * Math.sqrt(window.reduce((sum, close) => sum + (close - mean) ** 2, 0) / length);
  });
  const shifted = (sign: 1 | -1) =>
    middle.map((mean, index) => (mean === undefined ? undefined : mean + sign * (distances[index] ?? 0)));
  return { upper: shifted(1), middle, lower: shifted(-1) };
}

export interface Macd {
  macd: Values;
  signal: Values;
  histogram: Values;
}

/** Returns the difference of two exponential averages, its own exponential average, and the distance of the two. */
export function macd(closes: readonly number[], fast = 12, slow = 26, smoothing = 9): Macd {
  const quick = exponentialAverage(closes, fast);
  const difference = minus(quick, exponentialAverage(closes, slow));
  const signal = exponentialAverage(difference, smoothing);
  return { macd: difference, signal, histogram: minus(difference, signal) };
}

/** Returns the relative strength index with Wilder's smoothing, between 0 and 100. */
export function relativeStrength(closes: readonly number[], length = 14): Values {
  let gain = 0;
  let loss = 0;
  return closes.map((close, index) => {
    const change = index === 0 ? 0 : close - (closes[index - 1] ?? 0);
    const up = Math.max(0, change);
    const down = Math.max(0, -change);
    if (index <= length) {
      gain += up / length;
      loss += down / length;
    } else {
      gain += (up - gain) / length;
      loss += (down - loss) / length;
    }
    if (index < length) return undefined;
    return gain + loss === 0 ? 50 : (100 * gain) / (gain + loss);
  });
}

function minus(left: Values, right: Values): Values {
  return left.map((value, index) => {
    const other = right[index];
    return value === undefined || other === undefined ? undefined : value - other;
  });
}
