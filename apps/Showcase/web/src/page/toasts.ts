import { element } from './element';

type Kind = 'plain' | 'good' | 'bad' | 'warn';

interface Options {
  kind?: Kind;
  /** What it is about: a toast takes the place of an earlier one about the same. */
  subject?: string;
  /** Stays until it is closed or makes room. */
  isLasting?: boolean;
}

const shownAtMost = 2;
const plainMilliseconds = 4500;
const badMilliseconds = 9000;

const stack = element('div', { 'class': 'toasts', 'role': 'status', 'aria-live': 'polite' });

/** Says something under the connection's pill for a few seconds. Bad news stays longer, and all of it can be closed. */
export function toast(text: string, { kind = 'plain', subject = text, isLasting = false }: Options = {}): void {
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
}
