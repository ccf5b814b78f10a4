import { element, setData, setText } from '../../page/element';
import { type Choice, hasTopic, withSource, withTopic } from '../model/choice';
import { type Source, topics } from '../model/messages';
import { sourceText } from '../model/words';

type Change = (edit: (choice: Choice) => Choice) => void;

/** The topics and the sources, with what the wire knows of each. */
export class ChoicePanel {
  readonly root: HTMLElement;
  readonly #change: Change;
  readonly #topics = new Map<string, HTMLInputElement>();
  readonly #breaking = element('input', { type: 'checkbox' });
  readonly #sources = element('ul', { class: 'sources' });
  readonly #rows = new Map<string, { box: HTMLInputElement; words: HTMLElement; root: HTMLElement }>();

  constructor(change: Change) {
    this.#change = change;
    const list = element('ul', { class: 'topics' });
    for (const topic of topics) {
      const box = checkbox((isOn) => change((choice) => withTopic(choice, topic, isOn)));
      this.#topics.set(topic, box);
      list.append(element('li', {}, element('label', {}, box, topic)));
    }
    this.#breaking.addEventListener('change', () => change(({ hidden }) => this.#breaking.checked ? { topics: [], hidden } : { hidden }));
    this.root = element(
      'aside',
      { 'class': 'choice', 'aria-label': 'What you read' },
      section('Topics', element('label', { class: 'only' }, this.#breaking, 'Only what is breaking'), list),
      section('Sources', this.#sources, element('p', { class: 'muted feed' }, 'Read this wire elsewhere: ', element('a', { href: '/news/feed.atom' }, 'Atom feed'))),
    );
  }

  paint(choice: Choice, sources: readonly Source[], now: number): void {
    for (const [topic, box] of this.#topics) box.checked = hasTopic(choice, topic);
    this.#breaking.checked = choice.topics?.length === 0;
    for (const source of sources) {
      const { box, words, root } = this.#rows.get(source.id) ?? this.#row(source);
      box.checked = !choice.hidden.includes(source.id);
      setText(words, sourceText(source, now));
      setData(root, 'state', source.state);
    }
  }

  #row({ id, name, about }: Source) {
    const box = checkbox((isOn) => this.#change((choice) => withSource(choice, id, isOn)));
    const words = element('span', { class: 'muted' });
    const root = element('li', { title: about }, element('label', {}, box, element('bdi', {}, name)), words);
    const row = { box, words, root };
    this.#rows.set(id, row);
    this.#sources.append(root);
    return row;
  }
}

function section(title: string, ...content: HTMLElement[]): HTMLElement {
  return element('section', { class: 'panel' }, element('header', {}, element('h2', {}, title)), ...content);
}

function checkbox(changed: (isOn: boolean) => void): HTMLInputElement {
  const box = element('input', { type: 'checkbox' });
  box.addEventListener('change', () => changed(box.checked));
  return box;
}
