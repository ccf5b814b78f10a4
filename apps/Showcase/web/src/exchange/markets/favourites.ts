import { remember, remembered } from '../../page/settings';

/** The symbols that a person marked, which this browser keeps. */
export class Favourites {
  readonly symbols = new Set(remembered('favourite-markets')?.split(' ').filter((symbol) => symbol !== ''));

  toggle(symbol: string): void {
    if (!this.symbols.delete(symbol)) this.symbols.add(symbol);
    remember('favourite-markets', [...this.symbols].join(' '));
  }
}
