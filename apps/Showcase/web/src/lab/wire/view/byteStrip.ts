import { element } from '../../../page/element';

const maxShown = 1024;

/** The bytes of a head or a frame, of which ranges can be marked. Tables beside it have the same values as text. */
export class ByteStrip {
  readonly root = element('div', { 'class': 'bytes number', 'aria-hidden': 'true' });
  readonly #bytes: HTMLElement[];
  #marked: readonly HTMLElement[] = [];

  constructor(bytes: Uint8Array) {
    this.#bytes = Array.from(bytes.subarray(0, maxShown), (byte) => element('span', {}, byte.toString(16).padStart(2, '0')));
    this.root.append(...this.#bytes);
    if (bytes.length > maxShown) this.root.append(element('em', {}, `and ${(bytes.length - maxShown).toLocaleString('en')} more`));
  }

  /** Marks ranges in place of the earlier ones. */
  mark(...ranges: readonly (readonly [at: number, length: number])[]): void {
    for (const byte of this.#marked) byte.classList.remove('marked');
    this.#marked = ranges.flatMap(([at, length]) => this.#bytes.slice(at, at + length));
    for (const byte of this.#marked) byte.classList.add('marked');
    this.#scrollTo(this.#marked[0]);
  }

  // Scrolls the strip alone, not the page.
  #scrollTo(byte: HTMLElement | undefined): void {
    if (!byte) return;
    const { root } = this;
    const top = byte.offsetTop - root.offsetTop;
    if (top < root.scrollTop || top + byte.offsetHeight > root.scrollTop + root.clientHeight) root.scrollTop = top;
  }
}

/** Marks ranges of a strip while a pointer or the focus is on an element. */
export function marking(
  row: HTMLElement, strip: ByteStrip, ...ranges: readonly (readonly [at: number, length: number])[]
): HTMLElement {
  row.addEventListener('pointerenter', () => strip.mark(...ranges));
  row.addEventListener('focusin', () => strip.mark(...ranges));
  return row;
}
