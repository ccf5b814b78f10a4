import type { Connection } from '../connection/connection';
import { element, setText } from './element';
import { connectionPill } from './pill';
import { shortcut, showShortcuts } from './shortcuts';
import { hasColourBlindPair, isLight, onThemeChange, switchDirectionColours, switchTheme } from './theme';
import { WirePanel } from './wirePanel';

const mark
  = '<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M2 5h11M10 2l3 3-3 3M14 11H3M6 8l-3 3 3 3"/></svg>';

/** Creates the header of a page: brand, the application's name and description, connection pill and wire log. */
export function pageHead(name: string, line: string, connection: Connection): HTMLElement {
  const brand = element('a', { 'class': 'brand', 'href': '/', 'aria-label': 'Duplex, all applications' });
  brand.innerHTML = mark;
  brand.append(element('span', {}, 'Duplex'));

  const theme = element('button', { type: 'button', class: 'button plain icon', click: switchTheme });
  const colours = element(
    'button',
    { type: 'button', class: 'button plain icon optional', click: switchDirectionColours },
    '◐',
  );
  const paint = () => {
    setText(theme, isLight() ? '☾' : '☀');
    theme.setAttribute('aria-label', isLight() ? 'Dark theme' : 'Light theme');
    theme.title = isLight() ? 'Dark theme (t)' : 'Light theme (t)';
    colours.title = hasColourBlindPair() ? 'Green and red' : 'Blue and orange, for colour blindness';
    colours.setAttribute('aria-label', colours.title);
    colours.setAttribute('aria-pressed', String(hasColourBlindPair()));
  };
  onThemeChange(paint);
  paint();

  const wire = new WirePanel(connection);
  shortcut('w', 'show or hide the wire log', () => wire.toggle());
  shortcut('t', 'switch between light and dark', switchTheme);
  shortcut('?', 'show these shortcuts', showShortcuts);

  const head = element(
    'header',
    { class: 'head' },
    brand,
    element('h1', {}, name),
    element('p', { class: 'line' }, line),
    connectionPill(connection),
    element(
      'div',
      { class: 'actions' },
      wire.button,
      colours,
      theme,
      element(
        'button',
        {
          'type': 'button',
          'class': 'button plain icon optional',
          'aria-label': 'Keyboard shortcuts',
          'title': 'Keyboard shortcuts (?)',
          'click': showShortcuts,
        },
        '?',
      ),
    ),
  );
  document.body.append(wire.root);
  return head;
}
