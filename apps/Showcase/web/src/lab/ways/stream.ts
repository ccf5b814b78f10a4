import { type LabEvent, retryMilliseconds, type Way } from './way';

/** Server-sent events. After an interruption the browser connects again and sends the id of the last event. */
export const sse: Way = ({ origin, run, take }) => {
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const open = () => {
    source = new EventSource(`${origin}/lab/${run}/stream?after=${last}`);
    source.addEventListener('message', ({ data }) => {
      const event = JSON.parse(data as string) as LabEvent;
      last = event.n;
      take(event);
    });
    source.addEventListener('error', () => {
      // Some browsers give up when a connection is reset.
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, retryMilliseconds);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
};
