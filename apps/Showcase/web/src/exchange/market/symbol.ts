import { formatUnits, parseUnits, placesOf } from './decimal';

/** What exchange.info says about one symbol. */
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

/** A symbol with the places its prices and quantities have. */
export interface Instrument extends SymbolInfo {
  pricePlaces: number;
  quantityPlaces: number;
}

export function instrumentOf(info: SymbolInfo): Instrument {
  return { ...info, pricePlaces: placesOf(info.tickSize), quantityPlaces: placesOf(info.stepSize) };
}

/** A price as every panel shows it: the places of its tick, thousands parted. */
export function showPrice(price: string, instrument: Instrument): string {
  return formatUnits(parseUnits(price, instrument.pricePlaces), instrument.pricePlaces, true);
}

/** A quantity as every panel shows it. */
export function showQuantity(quantity: string, instrument: Instrument): string {
  return formatUnits(parseUnits(quantity, instrument.quantityPlaces), instrument.quantityPlaces, true);
}
