import { element, setText } from '../../page/element';
import { markdown } from '../../page/markdown';
import { pace } from '../../page/pace';
import type { Stage } from '../stage';

const pointerMilliseconds = 100;

/** The slide of the stage with the speaker's pointer. It turns when the media reach the time of the turn. */
export class SlideView {
  readonly root: HTMLElement;
  readonly #stage: Stage;
  readonly #content = element('div', { 'class': 'content', 'tabindex': 0, 'role': 'region', 'aria-label': 'Slide' });
  readonly #dot = element('span', { class: 'dot', hidden: true });
  readonly #number = element('p', { class: 'muted number page' });
  #shown = '';
  #at = { x: 0, y: 0 };

  /** Whether the mouse of the speaker is shown to everybody. */
  isPointing = false;
  /** The slide that is shown. */
  slide = 0;

  constructor(stage: Stage) {
    this.#stage = stage;
    const send = pace(pointerMilliseconds, () => {
      void stage.point(this.#at.x, this.#at.y).catch(() => undefined);
    });
    const area = element('div', { class: 'area' }, this.#content, this.#dot);
    area.addEventListener('pointermove', (event) => {
      if (!this.isPointing) return;
      const { left, top, width, height } = area.getBoundingClientRect();
      const within = (value: number) => Math.min(1, Math.max(0, value));
      this.#at = { x: within((event.clientX - left) / width), y: within((event.clientY - top) / height) };
      send();
    });
    this.root = element('div', { class: 'slide' }, area, this.#number);
  }

  /** Draws the slide for a time of the media in milliseconds; undefined without media. */
  paint(media: number | undefined): void {
    const { slides, cues, pointer, show } = this.#stage;
    this.root.hidden = !show || slides.length === 0;
    this.slide = Math.min(cues.slideAt(media), Math.max(0, slides.length - 1));
    const text = slides[this.slide] ?? '';
    const isTurned = this.root.dataset.slide !== String(this.slide);
    if (media !== undefined && isTurned) this.root.dataset.late = String(Math.round(cues.lateAt(media)));
    if (text !== this.#shown) {
      this.#shown = text;
      this.#content.replaceChildren(...markdown(text));
    }
    this.root.dataset.slide = String(this.slide);
    setText(this.#number, `${this.slide + 1} / ${slides.length}`);
    this.#dot.hidden = !pointer;
    if (pointer) [this.#dot.style.left, this.#dot.style.top] = [`${pointer.x * 100}%`, `${pointer.y * 100}%`];
  }
}
