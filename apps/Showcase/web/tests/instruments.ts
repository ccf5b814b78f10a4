import { type Instrument, instrumentOf } from '../src/exchange/market/symbol';

/** Ticks of 0.01, steps of 0.001, at least 5 USDT. */
export const solana: Instrument = instrumentOf({
  symbol: 'SOLUSDT',
  base: 'SOL',
  quote: 'USDT',
  tickSize: '0.01',
  stepSize: '0.001',
  minNotional: '5',
  maxQuantity: '90000',
  makerFee: '0.001',
  takerFee: '0.001',
});
