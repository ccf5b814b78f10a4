import { element } from './element';
import { isComposing } from './keys';

export interface Question {
  title: string;
  body: Node[];
  confirm: string;
  confirmClass?: string;
  /** What the other button says; Cancel when left out. */
  decline?: string;
  /** What has the focus first; the confirming button when left out. */
  focus?: HTMLInputElement;
}

/** Asks; true when confirmed by the button or Enter, false for Escape and Cancel. */
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
        // Not a submit button: Enter in a field presses the first of those.
        element('button', { type: 'button', class: 'button', click: () => dialog.close() }, question.decline ?? 'Cancel'),
        confirm,
      ),
    ),
  );
  dialog.addEventListener('keydown', (event) => {
    // The Enter that ends a composed word is no answer.
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

/** Pairs of a name and a value, as a definition list. */
export function facts(entries: [string, string | Node][]): HTMLElement {
  const list = element('dl', { class: 'facts' });
  for (const [name, value] of entries)
    list.append(element('dt', {}, name), element('dd', { class: 'number' }, value));
  return list;
}
