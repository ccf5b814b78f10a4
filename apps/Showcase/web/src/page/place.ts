/**
 * Makes elements the children of another one, in this order. Those in their place are not touched, so that they keep
 * their focus, and the page its scroll position.
 */
export function place(parent: Element, children: readonly Element[]): void {
  const focused = document.activeElement;
  const kept = new Set(children);
  for (const child of [...parent.children]) if (!kept.has(child)) child.remove();
  let next = parent.firstElementChild;
  for (const child of children)
    if (child === next) next = next.nextElementSibling;
    else parent.insertBefore(child, next);
  const isMoved = focused !== document.activeElement && parent.contains(focused);
  if (isMoved && focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}
