import { TickMarkType, type Time } from 'lightweight-charts';
import { token } from '../../page/theme';

/** Returns the chart's colours as values, because it draws on a canvas. It is called again after a change of theme. */
export function chartColours() {
  const up = token('up');
  const down = token('down');
  const line = token('line');
  return {
    chart: {
      layout: {
        background: { color: token('surface') },
        textColor: token('muted'),
        fontFamily: token('numbers'),
        fontSize: 11,
        panes: { separatorColor: line },
      },
      grid: { vertLines: { color: `${line}66` }, horzLines: { color: `${line}66` } },
      crosshair: {
        vertLine: { color: token('muted'), labelBackgroundColor: token('muted') },
        horzLine: { color: token('muted'), labelBackgroundColor: token('muted') },
      },
    },
    candles: { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderVisible: false },
    line: { color: token('accent') },
  };
}

// The library formats times in UTC; these formats use the local time zone.
const full = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
const marks: Record<TickMarkType, Intl.DateTimeFormat> = {
  [TickMarkType.Year]: new Intl.DateTimeFormat('en-GB', { year: 'numeric' }),
  [TickMarkType.Month]: new Intl.DateTimeFormat('en-GB', { month: 'short' }),
  [TickMarkType.DayOfMonth]: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }),
  [TickMarkType.Time]: new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' }),
  [TickMarkType.TimeWithSeconds]: new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }),
};

export function timeLabel(seconds: number): string {
  return full.format(seconds * 1000);
}

export function tickLabel(time: Time, type: TickMarkType): string {
  return marks[type].format((time as number) * 1000);
}
