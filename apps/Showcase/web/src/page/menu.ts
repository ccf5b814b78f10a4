import { element } from './element';

export interface MenuItem {
  label: string;
  /** The accessible name, where the label is a symbol. */
  name?: string;
  isRow?: boolean;
  isBad?: boolean;
  run: () => void;
}

let open: HTMLElement | undefined;

/** Shows a menu beside a button. Arrow keys move within it; Escape and a press outside close it. */
export function showMenu(button: HTMLElement, items: readonly MenuItem[], closed: () => void = () => undefined): void {
  open?.hidePopover();
  const row = element('div', { class: 'menu-row' });
  const menu = element('div', { class: 'menu', role: 'menu', popover: 'auto' }, row);
  for (const { label, name, isRow, isBad, run } of items) {
    const item = element(
      'button',
      {
        'type': 'button',
        'role': 'menuitem',
        'tabindex': -1,
        'class': isBad ? 'down' : undefined,
        'aria-label': name,
        'title': name,
        'click': () => {
          menu.hidePopover();
          run();
        },
      },
      label,
    );
    (isRow ? row : menu).append(item);
  }
  row.hidden = row.childElementCount === 0;
  const buttons = [...menu.querySelectorAll('button')];
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Tab: event.shiftKey ? -1 : 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
  });
  menu.addEventListener('toggle', (event) => {
    if ((event as ToggleEvent).newState === 'open') return;
    if (open === menu) open = undefined;
    button.setAttribute('aria-expanded', 'false');
    if (menu.contains(document.activeElement) || document.activeElement === document.body) closed();
    menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  placeBeside(button, menu);
  button.setAttribute('aria-expanded', 'true');
  open = menu;
  buttons[0]?.focus();
}

/** Places an open popover below a button, or above it where there is no room. */
export function placeBeside(button: HTMLElement, menu: HTMLElement): void {
  const at = button.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const isBelow = at.bottom + height + 4 <= innerHeight;
  menu.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, isBelow ? at.bottom + 4 : at.top - height - 4)}px`;
}
