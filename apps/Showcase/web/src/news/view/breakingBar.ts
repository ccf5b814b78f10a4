import { element, setText } from '../../page/element';
import type { Story } from '../model/messages';

const newsMilliseconds = 24 * 3600 * 1000;

/** The latest breaking story that the reader has not dismissed. It covers no story's place in the list. */
export class BreakingBar {
  readonly root: HTMLElement;
  readonly #title = element('bdi');
  #story: Story | undefined;

  constructor(open: (story: Story) => void, dismiss: (story: Story) => void) {
    const act = (run: (story: Story) => void) => () => this.#story && run(this.#story);
    this.root = element(
      'div',
      { class: 'breaking-bar', role: 'status', hidden: true },
      element('strong', {}, 'Breaking'),
      this.#title,
      element(
        'span',
        { class: 'choices' },
        element('button', { type: 'button', class: 'button', click: act(open) }, 'Show'),
        element('button', { type: 'button', class: 'button', click: act(dismiss) }, 'Dismiss'),
      ),
    );
  }

  paint(stories: readonly Story[], isRead: (id: number) => boolean, now: number): void {
    this.#story = stories.find(({ id, breaking, retracted, time }) =>
      breaking && retracted === undefined && now - time < newsMilliseconds && !isRead(id));
    this.root.hidden = !this.#story;
    setText(this.#title, this.#story?.title ?? '');
  }
}
