import { element } from './element';

type Kind = 'plain' | 'good' | 'bad';

const shownAtMost = 4;
const stack = element('div', { 'class': 'toasts', 'role': 'status', 'aria-live': 'polite' });

/** Says something in the corner for a few seconds. Bad news stays longer, and all of it can be closed. */
export function toast(text: string, kind: Kind = 'plain'): void {
  if (!stack.isConnected) document.body.append(stack);
  const close = element(
    'button',
    { 'type': 'button', 'aria-label': 'Close', 'click': () => shown.remove() },
    '✕',
  );
  const shown = element('div', { 'class': 'toast', 'data-kind': kind }, element('p', {}, text), close);
  stack.append(shown);
  while (stack.children.length > shownAtMost) stack.firstElementChild?.remove();
  setTimeout(() => shown.remove(), kind === 'bad' ? 9000 : 4500);
}
