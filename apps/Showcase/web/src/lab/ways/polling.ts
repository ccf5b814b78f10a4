import { request, type Way } from './way';

/** Polling on a connection that is kept alive. */
export const poll: Way = (source) => polling(source, '');

/** Polling with a connection for each request. */
export const pollClose: Way = (source) => polling(source, '&close=true');

function polling(source: Parameters<Way>[0], option: string): () => void {
  const abort = new AbortController();
  let after = 0;
  let isWaiting = false;
  const next = async () => {
    if (isWaiting || source.isPaused()) return;
    isWaiting = true;
    try {
      after = await request(source, `events?after=${after}${option}`, after, abort.signal);
    } catch {
      // The next request returns the same events.
    }
    isWaiting = false;
  };
  const timer = setInterval(() => void next(), source.pollMilliseconds);
  void next();
  return () => {
    clearInterval(timer);
    abort.abort();
  };
}
