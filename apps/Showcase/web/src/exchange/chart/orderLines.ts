import { type IPriceLine, type ISeriesApi, LineStyle } from 'lightweight-charts';
import { token } from '../../page/theme';
import type { Account } from '../account/account';
import { formatFine, parseFine } from '../market/decimal';
import type { Instrument } from '../market/symbol';

/** A line at the price of each open order, with its side and what remains of it. */
export class OrderLines {
  readonly #account: Account;
  readonly #instrument: Instrument;
  #lines: IPriceLine[] = [];
  #series: ISeriesApi<'Candlestick'> | ISeriesApi<'Line'> | undefined;
  #shows = '';

  constructor(account: Account, instrument: Instrument) {
    this.#account = account;
    this.#instrument = instrument;
  }

  /** Draws the lines on another series; those of the earlier one have vanished with it. */
  moveTo(series: ISeriesApi<'Candlestick'> | ISeriesApi<'Line'>): void {
    this.#series = series;
    this.#lines = [];
    this.#shows = '';
    this.draw();
  }

  draw(): void {
    const orders = this.#account.openOrders.filter(({ symbol }) => symbol === this.#instrument.symbol);
    const lines = orders.map(({ side, price, quantity, filled }) => {
      const rest = (parseFine(quantity) ?? 0n) - (parseFine(filled) ?? 0n);
      const title = `${side === 'buy' ? 'Buy' : 'Sell'} ${formatFine(rest, this.#instrument.quantityPlaces, true)}`;
      return { price: Number(price), title, color: token(side === 'buy' ? 'up' : 'down') };
    });
    const shows = JSON.stringify(lines);
    if (shows === this.#shows || !this.#series) return;
    this.#shows = shows;
    for (const line of this.#lines) this.#series.removePriceLine(line);
    const look = { lineWidth: 1, lineStyle: LineStyle.Dashed, axisLabelVisible: true } as const;
    this.#lines = lines.map((line) => (this.#series as ISeriesApi<'Line'>).createPriceLine({ ...line, ...look }));
  }
}
