import { element } from '../../page/element';
import { formatFine, formatUnits, parseFine, parseUnits } from '../market/decimal';
import type { Instrument } from '../market/symbol';
import type { Fill, Order } from './account';
import type { Holding } from './holdings';

export interface Column<T> {
  title: string;
  isNumber?: boolean;
  cell: (row: T) => string | Node;
  tint?: (row: T) => string;
}

const moment = new Intl.DateTimeFormat('en-GB', {
  month: 'short',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

const statusWords: Record<Order['status'], string> = {
  new: 'Open',
  partiallyFilled: 'Partly filled',
  filled: 'Filled',
  canceled: 'Cancelled',
  expired: 'Expired',
  rejected: 'Rejected',
};

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
const sideTint = (row: { side: 'buy' | 'sell' }) => (row.side === 'buy' ? 'up' : 'down');

/** Creates the columns of the account's tables. Prices and amounts have the decimals of their symbol. */
export function accountColumns(instruments: readonly Instrument[], cancel: (order: Order) => void) {
  const find = (symbol: string) => instruments.find((instrument) => instrument.symbol === symbol);
  const pair = (symbol: string) => {
    const instrument = find(symbol);
    return instrument ? `${instrument.base}/${instrument.quote}` : symbol;
  };
  const price = (text: string | undefined, symbol: string) => {
    const places = find(symbol)?.pricePlaces ?? 2;
    return text === undefined ? 'market' : formatUnits(parseUnits(text, places), places, true);
  };
  const amount = (text: string, symbol: string) =>
    formatFine(parseFine(text) ?? 0n, find(symbol)?.quantityPlaces ?? 3, true);
  const averagePrice = (order: Order) => {
    const filled = Number(order.filled);
    return filled === 0
      ? '–'
      : price(
          (Number(order.quoteFilled) / filled).toFixed(find(order.symbol)?.pricePlaces ?? 2),
          order.symbol,
        );
  };

  const typeText = ({ type, stopPrice, symbol }: Order) =>
    stopPrice === undefined
      ? type
      : `${type === 'stopLossLimit' ? 'stop loss' : 'take profit'} at ${price(stopPrice, symbol)}`;

  const orders: Column<Order>[] = [
    { title: 'Time', cell: (row) => moment.format(row.time) },
    { title: 'Pair', cell: (row) => pair(row.symbol) },
    { title: 'Type', cell: (row) => capital(typeText(row)) },
    { title: 'Side', cell: (row) => capital(row.side), tint: sideTint },
    { title: 'Price', isNumber: true, cell: (row) => price(row.price, row.symbol) },
    { title: 'Amount', isNumber: true, cell: (row) => amount(row.quantity, row.symbol) },
    { title: 'Filled', isNumber: true, cell: (row) => amount(row.filled, row.symbol) },
  ];
  const open: Column<Order>[] = [
    ...orders,
    {
      title: '',
      isNumber: true,
      cell: (row) =>
        element(
          'button',
          {
            'type': 'button',
            'class': 'button',
            'aria-label': `Cancel the ${row.side} order ${row.id}`,
            'click': () => cancel(row),
          },
          'Cancel',
        ),
    },
  ];
  const history: Column<Order>[] = [
    ...orders,
    { title: 'Average', isNumber: true, cell: averagePrice },
    { title: 'Status', cell: (row) => statusWords[row.status] },
  ];
  const fills: Column<Fill>[] = [
    { title: 'Time', cell: (row) => moment.format(row.time) },
    { title: 'Pair', cell: (row) => pair(row.symbol) },
    { title: 'Side', cell: (row) => capital(row.side), tint: sideTint },
    { title: 'Price', isNumber: true, cell: (row) => price(row.price, row.symbol) },
    { title: 'Amount', isNumber: true, cell: (row) => amount(row.quantity, row.symbol) },
    {
      title: 'Fee',
      isNumber: true,
      cell: (row) => `${formatFine(parseFine(row.fee) ?? 0n, 6)} ${row.feeAsset}`,
    },
    { title: 'Role', cell: (row) => (row.maker ? 'Maker' : 'Taker') },
  ];
  const fine = (text: string) => formatFine(parseFine(text) ?? 0n, 8, true);
  const balances: Column<Holding>[] = [
    { title: 'Asset', cell: (row) => row.asset },
    { title: 'Available', isNumber: true, cell: (row) => fine(row.free) },
    { title: 'In orders', isNumber: true, cell: (row) => fine(row.locked) },
    { title: 'Total', isNumber: true, cell: (row) => fine(row.total) },
    { title: `Value in ${quoteOf(instruments)}`, isNumber: true, cell: (row) => row.value ?? '–' },
  ];
  return { open, history, fills, balances };
}

function quoteOf(instruments: readonly Instrument[]): string {
  return instruments[0]?.quote ?? '';
}
