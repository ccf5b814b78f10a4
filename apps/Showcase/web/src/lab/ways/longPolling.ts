import { request, retryMilliseconds, type Way } from './way';

/** Requests that the server answers when there is an event. */
export const longPoll: Way = (source) => {
  const abort = new AbortController();
  let after = 0;
  const next = async () => {
    let pause = 0;
    try {
      after = await request(source, `wait?after=${after}`, after, abort.signal);
    } catch {
      // The next request returns the same events.
      pause = retryMilliseconds;
    }
    if (!abort.signal.aborted) setTimeout(() => abort.signal.aborted || void next(), pause);
  };
  void next();
  return () => abort.abort();
};
