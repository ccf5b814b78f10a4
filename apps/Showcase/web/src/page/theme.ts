import { remember, remembered } from './settings';

const root = document.documentElement;
const listeners = new Set<() => void>();

/** Registers a callback that runs after the colours change, for content drawn on a canvas. */
export function onThemeChange(listener: () => void): void {
  listeners.add(listener);
}

/** Returns the current value of a colour token. */
export function token(name: string): string {
  return getComputedStyle(root).getPropertyValue(`--${name}`).trim();
}

export function isLight(): boolean {
  return root.dataset.theme === 'light';
}

export function switchTheme(): void {
  const next = isLight() ? 'dark' : 'light';
  remember('theme', next);
  apply('theme', next);
}

export function hasColourBlindPair(): boolean {
  return root.dataset.pair === 'blue-orange';
}

export function switchDirectionColours(): void {
  const next = hasColourBlindPair() ? 'green-red' : 'blue-orange';
  remember('pair', next);
  apply('pair', next);
}

function apply(name: 'theme' | 'pair', value: string): void {
  root.dataset[name] = value;
  for (const listener of listeners) listener();
}

matchMedia('(prefers-color-scheme: light)').addEventListener('change', (event) => {
  if (remembered('theme') === undefined) apply('theme', event.matches ? 'light' : 'dark');
});
