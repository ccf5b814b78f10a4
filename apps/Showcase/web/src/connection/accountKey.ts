import { randomId } from '../page/randomId';
import { remember, remembered } from '../page/settings';

const keyBytes = 32;

/** The secret that makes this browser's demo account. Made up once; it goes to the server and nowhere else. */
export function accountKey(): string {
  const known = remembered('account-key');
  if (known) return known;
  const key = randomId(keyBytes);
  remember('account-key', key);
  return key;
}
