import { element } from './element';
import { isComposing } from './keys';

export interface Question {
  title: string;
  body: Node[];
  confirm: string;
  confirmClass?: string;
  /** The label of the other button; Cancel by default. */
  decline?: string;
  /** The element with the initial focus; the confirming button by default. */
  focus?: HTMLInputElement;
}

/** Shows a confirmation dialog. Returns true for the confirming button or Enter, and false for Escape or Cancel. */
export function ask(question: Question): Promise<boolean> {
  const confirm = element(
    'button',
    { type: 'submit', value: 'yes', class: `button ${question.confirmClass ?? 'primary'}` },
    question.confirm,
  );
  const dialog = element(
    'dialog',
    { class: 'dialog' },
    element(
      'form',
      { method: 'dialog' },
      element('h2', {}, question.title),
      element('div', { class: 'body' }, ...question.body),
      element(
        'footer',
        {},
        // This is not a submit button, because Enter in a field activates the first submit button.
        element('button', { type: 'button', class: 'button', click: () => dialog.close() }, question.decline ?? 'Cancel'),
        confirm,
      ),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    // The Enter that ends a composition does not confirm.
    if (event.key === 'Enter' && isComposing(event)) event.preventDefault();
  });
  document.body.append(dialog);
  dialog.showModal();
  (question.focus ?? confirm).focus();
  question.focus?.select();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
  });
}

/** Creates a definition list of names and values. */
export function facts(entries: [string, string | Node][]): HTMLElement {
  const list = element('dl', { class: 'facts' });
  for (const [name, value] of entries)
    list.append(element('dt', {}, name), element('dd', { class: 'number' }, value));
  return list;
}
