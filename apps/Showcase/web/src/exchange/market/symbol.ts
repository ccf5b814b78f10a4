import { formatUnits, parseUnits, placesOf } from './decimal';

/** A symbol in the reply of exchange.info. */
export interface SymbolInfo {
  symbol: string;
  base: string;
  quote: string;
  tickSize: string;
  stepSize: string;
  minNotional: string;
  maxQuantity: string;
  makerFee: string;
  takerFee: string;
}

/** A symbol with the numbers of decimals of its prices and quantities. */
export interface Instrument extends SymbolInfo {
  pricePlaces: number;
  quantityPlaces: number;
}

export function instrumentOf(info: SymbolInfo): Instrument {
  return { ...info, pricePlaces: placesOf(info.tickSize), quantityPlaces: placesOf(info.stepSize) };
}

/** Formats a price for display: with the decimals of its tick and with thousands separators. */
export function showPrice(price: string, instrument: Instrument): string {
  return formatUnits(parseUnits(price, instrument.pricePlaces), instrument.pricePlaces, true);
}

/** Formats a quantity for display. */
export function showQuantity(quantity: string, instrument: Instrument): string {
  return formatUnits(parseUnits(quantity, instrument.quantityPlaces), instrument.quantityPlaces, true);
}
