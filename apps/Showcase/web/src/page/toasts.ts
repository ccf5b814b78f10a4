import { element } from './element';

type Kind = 'plain' | 'good' | 'bad' | 'warn';

interface Options {
  kind?: Kind;
  /** The subject: a toast replaces an earlier one with the same subject. */
  subject?: string;
  /** Whether the toast stays until it is closed or replaced. */
  isLasting?: boolean;
}

const shownAtMost = 2;
const plainMilliseconds = 4500;
const badMilliseconds = 9000;

const stack = element('div', { 'class': 'toasts', 'role': 'status', 'aria-live': 'polite' });

/**
 * Shows a toast under the connection pill for a few seconds. Errors stay longer, and every toast can be closed.
 * Returns a function that removes it.
 */
export function toast(text: string, { kind = 'plain', subject = text, isLasting = false }: Options = {}): () => void {
  if (!stack.isConnected) document.body.append(stack);
  const close = element(
    'button',
    { 'type': 'button', 'aria-label': 'Close', 'click': () => shown.remove() },
    '✕',
  );
  const shown = element(
    'div',
    { 'class': 'toast', 'data-kind': kind, 'data-subject': subject },
    element('p', {}, text),
    close,
  );
  const toasts = [...stack.children] as HTMLElement[];
  const before = toasts.find((other) => other.dataset.subject === subject);
  if (before) before.replaceWith(shown);
  else stack.append(shown);
  while (stack.children.length > shownAtMost) stack.firstElementChild?.remove();
  if (!isLasting) setTimeout(() => shown.remove(), kind === 'bad' ? badMilliseconds : plainMilliseconds);
  return () => shown.remove();
}
