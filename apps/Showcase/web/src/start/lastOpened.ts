import { remember, remembered } from '../page/settings';

const setting = 'start.opened';

/** Returns the name of the application whose card was opened last in this browser. */
export function lastOpened(): string | undefined {
  return remembered(setting);
}

/** Remembers the application whose card was opened. */
export function rememberOpened(name: string): void {
  remember(setting, name);
}
