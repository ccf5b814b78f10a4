/**
 * Random bytes in hexadecimal. Unlike `crypto.randomUUID` it exists on every page: one served over plain HTTP to
 * another machine is no secure context.
 */
export function randomId(bytes = 16): string {
  const random = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
