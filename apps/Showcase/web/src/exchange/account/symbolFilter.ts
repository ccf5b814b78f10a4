import { remember, remembered } from '../../page/settings';

/** Returns whether the account's tables show only the symbol of the page. */
export function isSymbolOnly(): boolean {
  return remembered('symbol-only') === 'yes';
}

export function rememberSymbolOnly(isOnly: boolean): void {
  remember('symbol-only', isOnly ? 'yes' : 'no');
}
