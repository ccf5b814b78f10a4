import { Centrifuge } from 'centrifuge';
import type { LabEvent, Way } from './way';

/** The hub: after an interruption its client connects again and the subscription recovers what it has missed. */
export const hub: Way = ({ origin, run, take }) => {
  const client = new Centrifuge(`${origin.replace('http', 'ws')}/connection/websocket`, { name: 'laboratory' });
  const subscription = client.newSubscription(`lab:${run}`);
  subscription.on('publication', ({ data }) => take(data as LabEvent));
  subscription.subscribe();
  client.connect();
  return () => client.disconnect();
};
