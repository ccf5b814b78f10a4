import { remember, remembered } from '../../page/settings';

/** Whether the account's tables show the symbol of the page alone. */
export function isSymbolOnly(): boolean {
  return remembered('symbol-only') === 'yes';
}

export function rememberSymbolOnly(isOnly: boolean): void {
  remember('symbol-only', isOnly ? 'yes' : 'no');
}
