import { element } from '../page/element';
import { hueOf, initialsOf } from './look';

/** Creates a person's avatar: initials on the person's colour. The name stands beside it, so screen readers skip it. */
export function avatar(user: string, name: string): HTMLElement {
  const shown = element('span', { 'class': 'avatar', 'aria-hidden': 'true', 'data-initials': initialsOf(name) });
  shown.style.setProperty('--hue', String(hueOf(user)));
  return shown;
}
