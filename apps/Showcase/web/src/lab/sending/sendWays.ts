import type { NamedWay } from '../ways/ways';
import { retryMilliseconds, type Source, type Way } from '../ways/way';

/** The ways to send messages. Each sends a number in each interval; an event that it takes is a confirmed message. */
export const sendWays: readonly NamedWay[] = [
  { id: 'post', title: 'fetch, a request each', short: 'fetch', start: (source) => byFetch(source) },
  { id: 'send', title: 'WebSocket, a message each', short: 'WebSocket', start: (source) => bySocket(source) },
];

/** A request for each message; one that fails is not repeated. */
const byFetch: Way = (source) => {
  const abort = new AbortController();
  const stop = eachInterval(source, (number) => {
    const at = Date.now();
    // A body of text needs no preflight request.
    fetch(`${source.origin}/lab/${source.run}/messages`, { method: 'POST', body: String(number), signal: abort.signal })
      .then(({ ok }) => ok && source.take({ n: number, at, pad: '' }))
      .catch(() => undefined);
  });
  return () => {
    stop();
    abort.abort();
  };
};

/** A WebSocket that connects again after an interruption; what is sent meanwhile is not repeated. */
const bySocket: Way = (source) => {
  const address = `${source.origin.replace('http', 'ws')}/lab/${source.run}/send`;
  const sentAt = new Map<number, number>();
  let open: WebSocket;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const connect = () => {
    open = new WebSocket(address);
    open.addEventListener('message', ({ data }) => {
      const number = Number(data);
      const at = sentAt.get(number);
      sentAt.delete(number);
      if (at !== undefined) source.take({ n: number, at, pad: '' });
    });
    open.addEventListener('close', () => {
      sentAt.clear();
      if (!isStopped) timer = setTimeout(connect, retryMilliseconds);
    });
  };
  connect();
  const stop = eachInterval(source, (number) => {
    if (open.readyState !== WebSocket.OPEN) return;
    sentAt.set(number, Date.now());
    open.send(String(number));
  });
  return () => {
    isStopped = true;
    stop();
    clearTimeout(timer);
    open.close();
  };
};

function eachInterval(source: Source, send: (number: number) => void): () => void {
  let number = 0;
  const timer = setInterval(() => source.isPaused() || send(++number), source.pollMilliseconds);
  return () => clearInterval(timer);
}
