import { type LabEvent, retryMilliseconds, type Way } from './way';

/** A WebSocket without the hub: it connects again after an interruption, but nothing repeats what it has missed. */
export const socket: Way = ({ origin, run, take }) => {
  const address = `${origin.replace('http', 'ws')}/lab/${run}/socket`;
  let open: WebSocket;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;
  const connect = () => {
    open = new WebSocket(address);
    open.addEventListener('message', ({ data }) => take(JSON.parse(data as string) as LabEvent));
    open.addEventListener('close', () => {
      if (!isStopped) timer = setTimeout(connect, retryMilliseconds);
    });
  };
  connect();
  return () => {
    isStopped = true;
    clearTimeout(timer);
    open.close();
  };
};
