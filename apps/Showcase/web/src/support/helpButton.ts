import type { Connection } from '../connection/connection';
import { element } from '../page/element';
import { forgetForTab, remembered, rememberedForTab, rememberForTab } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import type { SupportPanel } from './supportPanel';

/**
 * Creates the button that opens the helpdesk's panel on a page. The panel's code is loaded when it is opened first, and
 * at once where a visitor has asked before, so that a reply is noticed on every page. A page that connects without the
 * visitor's key has a link instead, and the helpdesk's own pages have neither.
 */
export function helpButton(connection: Connection): HTMLElement[] {
  if (location.pathname.startsWith('/support')) return [];
  if (!connection.hasKey) {
    shortcut('h', 'ask the helpdesk', () => location.assign('/support'));
    return [element('a', { class: 'button plain', href: '/support', title: 'Ask the helpdesk (h)' }, 'help')];
  }
  let panel: SupportPanel | undefined;
  const badge = element('span', { class: 'number', hidden: true });
  const button = element('button', { 'type': 'button', 'class': 'button plain', 'aria-expanded': 'false', 'title': 'Ask the helpdesk (h)', 'click': () => void toggle() }, 'help', badge);

  const load = async (): Promise<SupportPanel> => {
    const { SupportPanel } = await import('./supportPanel');
    if (panel) return panel;
    panel = new SupportPanel();
    panel.open(connection, (unread) => {
      badge.textContent = String(unread);
      badge.hidden = unread === 0;
      button.setAttribute('aria-label', unread === 0 ? 'help' : `help, ${unread} unread`);
    }, () => void toggle());
    document.body.append(panel);
    return panel;
  };
  const show = async (isOpen: boolean, hasFocus: boolean) => {
    const shown = await load();
    shown.setOpen(isOpen);
    button.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) rememberForTab('support-panel', 'open');
    else forgetForTab('support-panel');
    if (hasFocus && isOpen) shown.focusField();
    else if (hasFocus) button.focus();
  };
  const toggle = () => show(button.getAttribute('aria-expanded') !== 'true', true);

  shortcut('h', 'open or close the helpdesk', () => void toggle());
  if (rememberedForTab('support-panel') !== undefined) void show(true, false);
  else if (remembered('support-asked') !== undefined) void load();
  return [button];
}
