import type { Subscription } from 'centrifuge';
import { element } from '../page/element';

export interface CardText {
  name: string;
  href: string;
  /** The group of the application, and the use of WebSockets that it answers: "Watch · financial tickers". */
  topic: string;
  sentence: string;
  demonstrates: string[];
  /** One thing to do in the application. */
  task: string;
}

/** A card of the start page. Its preview is live while the card is on the screen. */
export interface Card {
  root: HTMLElement;
  setVisible(isVisible: boolean): void;
}

/** Creates the subscription's switch for a card that is on the screen or not. */
export function whileVisible(...subscriptions: Subscription[]): Card['setVisible'] {
  return (isVisible) => {
    for (const subscription of subscriptions)
      if (isVisible) subscription.subscribe();
      else subscription.unsubscribe();
  };
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
      element('p', { class: 'topic muted' }, text.topic),
      element('h2', {}, element('a', { href: text.href }, text.name)),
      element('p', {}, text.sentence),
      element('p', { class: 'task' }, element('strong', {}, 'Do this: '), text.task),
      shows,
    ),
  );
}
