const plain = '/favicon.svg';
const path = 'M2 5h11M10 2l3 3-3 3M14 11H3M6 8l-3 3 3 3';
const marked = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="${path}" fill="none" stroke="#4c8dff" stroke-width="2"/><circle cx="12" cy="4" r="4" fill="#f2686c"/></svg>`,
)}`;

/** Marks the tab's icon, for example while there are unread messages. */
export function markTabIcon(isMarked: boolean): void {
  const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
  const href = isMarked ? marked : plain;
  if (icon && icon.getAttribute('href') !== href) icon.setAttribute('href', href);
}
