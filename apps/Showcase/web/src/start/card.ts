import { element } from '../page/element';

export interface CardText {
  name: string;
  href: string;
  sentence: string;
  demonstrates: string[];
}

/** Creates the card of an application: a live preview, its name, its description and the features it demonstrates. */
export function card(text: CardText, preview: HTMLElement): HTMLElement {
  const shows = element('ul', { 'aria-label': 'Shows' });
  for (const item of text.demonstrates) shows.append(element('li', {}, item));
  return element(
    'article',
    { class: 'card panel' },
    element('div', { class: 'preview' }, preview),
    element(
      'div',
      { class: 'words' },
      element('h2', {}, element('a', { href: text.href }, text.name)),
      element('p', {}, text.sentence),
      shows,
    ),
  );
}
