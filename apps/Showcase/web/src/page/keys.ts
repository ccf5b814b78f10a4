/**
 * Returns whether a key event belongs to an input method that is composing a word. Safari ends the composition before
 * the keydown of the Enter that ended it, so only the key code identifies it there.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
