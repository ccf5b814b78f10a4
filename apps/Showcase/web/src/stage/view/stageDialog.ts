import { ask } from '../../page/dialog';
import { element, setText } from '../../page/element';
import { remember, remembered } from '../../page/settings';
import { type Source, sources } from '../media/sender';
import { sendProblem } from '../media/support';
import { deckProblem, firstDeck, slidesOf } from '../model/deck';

export interface Plan {
  readonly title: string;
  readonly slides: readonly string[];
  readonly source: Source;
}

/** Asks for what a person wants to present. Returns undefined when they do not. */
export async function askForPlan(): Promise<Plan | undefined> {
  const problem = sendProblem();
  const title = element('input', { type: 'text', maxlength: 80, required: true, value: remembered('stage-title') ?? 'A talk' });
  const deck = element('textarea', { rows: 10, spellcheck: false });
  deck.value = remembered('stage-deck') ?? firstDeck;
  const count = element('span', { class: 'muted number' });
  const paint = () => {
    const slides = slidesOf(deck.value);
    const { length } = slides;
    deck.setCustomValidity(deckProblem(slides));
    setText(count, `${length} ${length === 1 ? 'slide' : 'slides'}`);
  };
  deck.addEventListener('input', paint);
  paint();
  const choices = sources.map(([source, label], index) => element(
    'label',
    { class: 'choice' },
    element('input', {
      type: 'radio', name: 'source', value: source,
      checked: problem === '' ? index === 0 : source === 'none', disabled: problem !== '' && source !== 'none',
    }),
    label,
  ));
  const isConfirmed = await ask({
    title: 'Go on stage',
    confirm: 'Start',
    focus: title,
    body: [
      element('label', { class: 'field' }, element('span', { class: 'muted' }, 'Title'), title),
      element('fieldset', { class: 'sources' }, element('legend', { class: 'muted' }, 'Picture'), ...choices),
      ...(problem === '' ? [] : [element('p', { class: 'warn' }, problem)]),
      element('label', { class: 'deck' }, element('span', { class: 'muted' }, 'Slides in Markdown, with a line --- between them · ', count), deck),
    ],
  });
  if (!isConfirmed || title.value.trim() === '') return undefined;
  remember('stage-title', title.value);
  remember('stage-deck', deck.value);
  const chosen = choices.map((choice) => choice.querySelector('input')).find((input) => input?.checked);
  return { title: title.value, slides: slidesOf(deck.value), source: (chosen?.value ?? 'none') as Source };
}
