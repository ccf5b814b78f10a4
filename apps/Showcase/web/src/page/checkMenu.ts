import { element } from './element';
import { placeBeside } from './menu';

export interface Check {
  label: string;
  isChecked: boolean;
  change: (isChecked: boolean) => void;
}

/** Creates a button that opens check boxes beside it. Escape and a press outside close them. */
export function checkMenu(label: string, checks: readonly Check[]): HTMLElement {
  const box = element('div', { 'class': 'menu checks', 'popover': 'auto', 'role': 'group', 'aria-label': label });
  for (const { label: title, isChecked, change } of checks) {
    const input = element('input', { type: 'checkbox', checked: isChecked, change: () => change(input.checked) });
    box.append(element('label', { class: 'check' }, input, title));
  }
  const button = element('button', { 'type': 'button', 'class': 'button plain', 'aria-expanded': 'false' }, label);
  button.popoverTargetElement = box;
  box.addEventListener('toggle', (event) => {
    const isOpen = (event as ToggleEvent).newState === 'open';
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) placeBeside(button, box);
  });
  document.body.append(box);
  return button;
}
