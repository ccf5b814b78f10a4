/**
 * Shows the rows of a preview. The elements of the rows shown before stay and take over the content of those in their
 * place, so that a link keeps the focus when its row changes.
 */
export function showRows(root: HTMLElement, rows: readonly HTMLElement[]): void {
  for (const [index, row] of rows.entries()) {
    const shown = root.children[index];
    if (!shown) root.append(row);
    else if (shown.tagName !== row.tagName) shown.replaceWith(row);
    else take(shown, row);
  }
  while (root.children.length > rows.length) root.lastElementChild?.remove();
}

function take(shown: Element, row: HTMLElement): void {
  for (const { name } of [...shown.attributes]) if (!row.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of row.attributes) shown.setAttribute(name, value);
  shown.replaceChildren(...row.childNodes);
}
