import { toast } from '../../page/toasts';
import { divideFine, formatFine, groupThousands, parseFine, trimFine } from '../market/decimal';
import type { Instrument } from '../market/symbol';
import type { Account, Fill, Order } from './account';

const gatherMilliseconds = 250;

/** Shows one toast per order with its total filled amount, regardless of the number of trades. */
export function announceFills(account: Account, instruments: readonly Instrument[]): void {
  const gathering = new Set<string>();
  account.onEvent = (event) => {
    if (event.type !== 'fill') return;
    const { symbol, orderId } = event.fill;
    const subject = `${symbol}/${orderId}`;
    if (gathering.has(subject)) return;
    gathering.add(subject);
    setTimeout(() => {
      gathering.delete(subject);
      const order = account.order(symbol, orderId);
      const instrument = instruments.find((candidate) => candidate.symbol === symbol);
      if (order && instrument) toast(wordsFor(order, event.fill, instrument), { kind: 'good', subject });
    }, gatherMilliseconds);
  };
}

function wordsFor(order: Order, fill: Fill, { base, pricePlaces }: Instrument): string {
  const filled = parseFine(order.filled) ?? 0n;
  const whole = parseFine(order.quantity) ?? 0n;
  const average = formatFine(divideFine(parseFine(order.quoteFilled) ?? 0n, filled), pricePlaces, true);
  const show = (quantity: bigint) => groupThousands(trimFine(quantity));
  const amount = filled === whole ? show(filled) : `${show(filled)} of ${show(whole)}`;
  const isOnePrice = average === groupThousands(fill.price);
  return `${fill.side === 'buy' ? 'Bought' : 'Sold'} ${amount} ${base} at ${average}${isOnePrice ? '' : ' on average'}.`;
}
