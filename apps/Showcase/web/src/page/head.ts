import type { Connection } from '../connection/connection';
import { adviseWhileAway } from './away';
import { element, setText } from './element';
import { connectionPill } from './pill';
import { announcePage } from './otherPages';
import { shortcut, showShortcuts } from './shortcuts';
import { hasColourBlindPair, isLight, onThemeChange, switchDirectionColours, switchTheme } from './theme';
import { helpButton } from '../support/helpButton';
import { WirePanel } from './wirePanel';

/**
 * Opens the page: completes the header that stands in the HTML with the connection pill and the buttons, and replaces
 * the notice below it by the content.
 */
export function openPage(connection: Connection, content: HTMLElement): void {
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

  announcePage();
  adviseWhileAway(connection);
  const help = {
    'type': 'button',
    'class': 'button plain icon optional',
    'aria-label': 'Keyboard shortcuts',
    'title': 'Keyboard shortcuts (?)',
    'click': showShortcuts,
  };
  document.querySelector('.head')?.append(
    connectionPill(connection),
    element('div', { class: 'actions' }, ...helpButton(connection), wire.button, colours, theme, element('button', help, '?')),
  );
  document.querySelector('main')?.replaceWith(content);
  document.body.append(wire.root);
}
