/**
 * Returns random bytes in hexadecimal. Unlike `crypto.randomUUID` it works on every page: a page that is served over
 * plain HTTP to another machine is not a secure context.
 */
export function randomId(bytes = 16): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
