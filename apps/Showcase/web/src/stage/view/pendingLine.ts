import type { Pending } from '../../conversation/message';
import type { Outbox } from '../../conversation/outbox';
import { element } from '../../page/element';

/** Creates the line of a text that was not sent yet, or that the server refused. */
export function pendingLine({ text, problem, clientId }: Pending, outbox: Outbox): HTMLElement {
  const discard = element('button', { type: 'button', class: 'button plain', click: () => outbox.discard(clientId) }, 'Discard');
  return element(
    'li',
    { class: 'pending muted', dir: 'auto' },
    element('p', {}, text),
    element('p', { class: 'warn' }, problem ?? (outbox.heldBack || 'waits to be sent')),
    ...(problem === undefined ? [] : [discard]),
  );
}

/** Returns what the lines of pending texts are painted from. */
export function pendingKey(pending: readonly Pending[], outbox: Outbox): string {
  return outbox.heldBack + pending.map(({ clientId, problem }) => clientId + (problem ?? '')).join();
}
