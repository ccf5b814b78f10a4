import { element } from '../page/element';

const best = 5;

/** Creates the form in which a visitor rates a closed conversation. */
export function ratingForm(rate: (rating: number) => void) {
  const buttons = Array.from({ length: best }, (_, index) => element(
    'button',
    {
      'type': 'button',
      'class': 'star',
      'aria-label': `${index + 1} of ${best}`,
      'aria-pressed': 'false',
      'click': () => rate(index + 1),
    },
    '★',
  ));
  const root = element(
    'div',
    { 'class': 'rating', 'role': 'group', 'aria-label': 'Rate the conversation', 'hidden': true },
    element('span', {}, 'How was it?'),
    ...buttons,
  );
  const paint = (isShown: boolean, rating: number | undefined, isConnected: boolean) => {
    root.hidden = !isShown;
    for (const [index, button] of buttons.entries()) {
      button.setAttribute('aria-pressed', String(index + 1 === rating));
      button.dataset.lit = rating !== undefined && index < rating ? 'yes' : '';
      button.disabled = !isConnected;
    }
  };
  return { root, paint };
}
