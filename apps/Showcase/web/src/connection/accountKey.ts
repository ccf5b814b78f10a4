import { remember, remembered } from '../page/settings';

/** The secret that makes this browser's demo account. Made up once; it goes to the server and nowhere else. */
export function accountKey(): string {
  const known = remembered('account-key');
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const key = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  remember('account-key', key);
  return key;
}
