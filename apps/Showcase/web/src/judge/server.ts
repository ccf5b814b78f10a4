import type { Subscription } from 'centrifuge';
import { visitorConnection } from '../connection/visitorConnection';
import { toast } from '../page/toasts';

/** The page's connection. */
export const connection = visitorConnection();

/** Calls a method. An error is shown, and the result is then undefined. */
export async function call<T>(method: string, data: unknown): Promise<T | undefined> {
  try {
    return (await connection.client.rpc(method, data)).data as T;
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
}

export function complain(message: string): void {
  toast(message || 'The server did not answer: try again.', { kind: 'bad', subject: 'judge' });
}

/** Follows a channel whose subscribe data is its state and whose publications replace or extend it. */
export function follow(channel: string, take: (data: unknown) => void): Subscription {
  const subscription = connection.client.newSubscription(channel);
  subscription.on('subscribed', ({ data }) => {
    if (data !== undefined && data !== null) take(data);
  });
  subscription.on('publication', ({ data }) => take(data));
  subscription.subscribe();
  return subscription;
}

export function stopFollowing(subscription: Subscription | undefined): void {
  if (!subscription) return;
  subscription.unsubscribe();
  connection.client.removeSubscription(subscription);
}
