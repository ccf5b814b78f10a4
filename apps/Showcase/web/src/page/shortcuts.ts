import { element } from './element';
import { isComposing } from './keys';

interface Shortcut {
  key: string;
  description: string;
  run?: () => void;
}

const shortcuts: Shortcut[] = [];
let dialog: HTMLDialogElement | undefined;

/** Registers a key that is active while no field has the focus. Without `run` it is only listed. */
export function shortcut(key: string, description: string, run?: () => void): void {
  shortcuts.push(run ? { key, description, run } : { key, description });
}

/** Shows a dialog with all shortcuts. */
export function showShortcuts(): void {
  if (dialog?.open) return;
  const list = element('dl', { class: 'facts' });
  for (const { key, description } of shortcuts)
    list.append(element('dt', {}, element('kbd', {}, key)), element('dd', {}, description));
  dialog = element(
    'dialog',
    { 'class': 'dialog', 'aria-label': 'Keyboard shortcuts' },
    element(
      'form',
      { method: 'dialog' },
      element('h2', {}, 'Keyboard'),
      element('div', { class: 'body' }, list),
      element('footer', {}, element('button', { class: 'button', type: 'submit' }, 'Close')),
    ),
  );
  dialog.addEventListener('close', () => dialog?.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
}

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isComposing(event)) return;
  if (document.querySelector('dialog[open]')) return;
  const found = shortcuts.find((entry) => entry.run && entry.key.toLowerCase() === event.key.toLowerCase());
  if (!found?.run) return;
  event.preventDefault();
  found.run();
});
