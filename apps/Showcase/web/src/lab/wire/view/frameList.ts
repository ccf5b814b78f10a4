import { element } from '../../../page/element';
import { contentOf } from '../parts';
import type { SeenFrame } from '../wireSession';
import { tableOf } from './table';

const maxShown = 40;

/** The frames of both directions, the latest ones of many, with a button that selects each. */
export class FrameList {
  readonly root = element('div', { class: 'wire-scroll' });
  readonly #select: (index: number) => void;
  readonly #buttons = new Map<number, HTMLButtonElement>();
  #painted = '';

  constructor(select: (index: number) => void) {
    this.#select = select;
  }

  paint(frames: readonly SeenFrame[], selected: number | undefined): void {
    const first = Math.max(0, frames.length - maxShown);
    // Rows are replaced only when there are others, so that the focus stays.
    const painted = `${frames.length} ${frames.at(-1)?.frame.at} ${frames.at(-1)?.frame.isWhole}`;
    if (painted !== this.#painted) this.#replace(frames, first);
    this.#painted = painted;
    for (const [index, button] of this.#buttons) button.setAttribute('aria-pressed', String(index === selected));
  }

  #replace(frames: readonly SeenFrame[], first: number): void {
    const focused = [...this.#buttons].find(([, button]) => button === document.activeElement)?.[0];
    this.#buttons.clear();
    const rows = frames.slice(first).map((seen, offset) => this.#row(seen, first + offset));
    const caption = first === 0 ? 'Frames in the order of their reading' : `The latest ${maxShown} of ${frames.length} frames`;
    this.root.replaceChildren(tableOf(caption, ['Frame', 'Direction', 'Opcode', 'Bytes', 'Content'], rows));
    if (focused !== undefined) this.#buttons.get(focused)?.focus();
  }

  #row(seen: SeenFrame, index: number): HTMLElement {
    const { isUp, bytes, frame } = seen;
    const button = element('button', { type: 'button', class: 'button', click: () => this.#select(index) }, `Frame ${index + 1}`);
    this.#buttons.set(index, button);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, button),
      element('td', {}, isUp ? '↑ to the server' : '↓ to the browser'),
      element('td', {}, frame.opcode),
      element('td', { class: 'number' }, bytes.length.toLocaleString('en')),
      element('td', { class: 'number content' }, contentOf(seen)),
    );
  }
}
