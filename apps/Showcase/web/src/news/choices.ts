import { remember, remembered } from '../page/settings';
import { type Choice, parseChoice } from './model/choice';

const setting = 'news-choice';

/** The choice of the reader, which is the same in every window of the browser. */
export class Choices {
  current: Choice = parseChoice(remembered(setting));
  readonly #changed: () => void;

  constructor(changed: () => void) {
    this.#changed = changed;
    window.addEventListener('storage', ({ key }) => {
      if (key === `duplex.${setting}`) this.#read();
    });
  }

  /** Changes the choice. */
  change(edit: (choice: Choice) => Choice): void {
    // Another window may have changed it.
    remember(setting, JSON.stringify(edit(parseChoice(remembered(setting) ?? JSON.stringify(this.current)))));
    this.#read();
  }

  #read(): void {
    this.current = parseChoice(remembered(setting));
    this.#changed();
  }
}
