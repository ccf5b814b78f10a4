import { visitorConnection } from '../connection/visitorConnection';
import { toast } from '../page/toasts';

/** The page's connection. */
export const connection = visitorConnection();

export async function call(method: string, data: unknown): Promise<unknown> {
  return (await connection.client.rpc(method, data)).data;
}

/** Runs a change of the user's lists or alerts. An error is shown; returns whether the change was made. */
export async function attempt(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    const { message } = error as Error;
    toast(message || 'The server did not answer: try again.', { kind: 'bad', subject: 'board' });
    return false;
  }
}
