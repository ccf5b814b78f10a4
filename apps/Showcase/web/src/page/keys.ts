/**
 * Whether a key belongs to an input method that is still composing a word. Safari ends the composition before the
 * keydown of the Enter that ended it, so there only the key code tells.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
