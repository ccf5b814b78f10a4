import { randomId } from '../page/randomId';
import { remember, remembered } from '../page/settings';

const keyBytes = 32;

/** Returns the secret key of this browser's demo account. It is generated once and sent only to the server. */
export function accountKey(): string {
  const known = remembered('account-key');
  if (known) return known;
  const key = randomId(keyBytes);
  remember('account-key', key);
  return key;
}
