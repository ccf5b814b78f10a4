import { toast } from '../../page/toasts';
import { parseFine, trimFine } from '../market/decimal';
import type { Instrument } from '../market/symbol';
import type { Account, Fill } from './account';

const gatherMilliseconds = 250;

/** One toast for an order's fills, however many trades it took. */
export function announceFills(account: Account, instruments: readonly Instrument[]): void {
  const gathered = new Map<string, Fill[]>();
  account.onEvent = (event) => {
    if (event.type !== 'fill') return;
    const key = `${event.fill.symbol}/${event.fill.orderId}`;
    const fills = gathered.get(key);
    if (fills) {
      fills.push(event.fill);
      return;
    }
    gathered.set(key, [event.fill]);
    setTimeout(() => {
      say(gathered.get(key) ?? [], instruments);
      gathered.delete(key);
    }, gatherMilliseconds);
  };
}

function say(fills: Fill[], instruments: readonly Instrument[]): void {
  const first = fills[0];
  if (!first) return;
  const base = instruments.find((instrument) => instrument.symbol === first.symbol)?.base ?? first.symbol;
  const quantity = fills.reduce((sum, fill) => sum + (parseFine(fill.quantity) ?? 0n), 0n);
  const verb = first.side === 'buy' ? 'Bought' : 'Sold';
  const prices = new Set(fills.map((fill) => fill.price));
  const at = prices.size === 1 ? `at ${first.price}` : `at ${prices.size} prices`;
  toast(`${verb} ${trimFine(quantity)} ${base} ${at}.`, 'good');
}
