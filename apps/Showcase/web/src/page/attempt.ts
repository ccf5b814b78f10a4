import { toast } from './toasts';

/** Waits for what a person asked for. An error is shown, in place of an earlier one with the same subject. */
export async function attempt(subject: string, change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    // Codes below 100 are the client's own.
    const { code = 0, message } = error as { code?: number; message?: string };
    toast(code < 100 ? 'There is no connection: try again when it is back.' : message ?? 'The server refused it.', { kind: 'bad', subject });
  }
}
