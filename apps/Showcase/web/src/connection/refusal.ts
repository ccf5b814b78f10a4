const internalError = 100;
const tooMany = [111, 429];

/**
 * Whether the server has refused a call for good. Codes below 100 are the client's own (time-out, no connection), and
 * after an internal error or a rate limit the same call may succeed later.
 */
export function isRefusal(code: number | undefined): boolean {
  return code !== undefined && code > internalError && !tooMany.includes(code);
}
