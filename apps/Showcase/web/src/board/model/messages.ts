/** A quote: symbol, price as a decimal, time in Unix milliseconds. */
export interface Quote {
  readonly s: string;
  readonly p: string;
  readonly t: number;
}

export interface ListedInstrument {
  readonly symbol: string;
  readonly name: string;
  readonly sector: string;
  /** The price at which the session began. */
  readonly open: string;
  /** The number of quotes a second. */
  readonly perSecond: number;
}

export interface BoardInfo {
  readonly session: number;
  readonly instruments: readonly ListedInstrument[];
}

export interface WatchList {
  readonly id: string;
  readonly name: string;
  readonly symbols: readonly string[];
  readonly version: number;
}

export interface Alert {
  readonly id: string;
  readonly symbol: string;
  readonly side: 'above' | 'below';
  readonly price: string;
  readonly created: number;
  readonly fired?: Quote;
}

/** What belongs to the user: with the subscription the whole state, then each change. */
export type WatchMessage
  = | { readonly lists: readonly WatchList[]; readonly alerts: readonly Alert[] }
    | { readonly list: WatchList }
    | { readonly alert: Alert }
    | { readonly removed: string }
    | { readonly left: string };

export interface PastPrices {
  readonly from: number;
  readonly to: number;
  readonly prices: Readonly<Record<string, readonly number[]>>;
}
