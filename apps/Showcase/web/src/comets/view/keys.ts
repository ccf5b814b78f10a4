import { controls } from '../physics/flight';

const bits: Readonly<Record<string, number>> = {
  'ArrowLeft': controls.left,
  'ArrowRight': controls.right,
  'ArrowUp': controls.thrust,
  ' ': controls.fire,
};

/** The keys that are held, as controls. A page that is left releases them. */
export class Keys {
  held = 0;
  readonly #pressed: (bit: number) => void;

  constructor(pressed: (bit: number) => void) {
    this.#pressed = pressed;
    document.addEventListener('keydown', (event) => this.#down(event));
    document.addEventListener('keyup', ({ key }) => {
      this.held &= ~(bits[key] ?? 0);
    });
    window.addEventListener('blur', () => this.#release());
    document.addEventListener('visibilitychange', () => this.#release());
  }

  #down(event: KeyboardEvent): void {
    const bit = bits[event.key];
    if (bit === undefined || event.ctrlKey || event.metaKey || event.altKey || isUsedBy(event.target, bit)) return;
    event.preventDefault();
    if ((this.held & bit) === 0) this.#pressed(bit);
    this.held |= bit;
  }

  #release(): void {
    this.held = 0;
  }
}

// A control that has the focus keeps the keys that it uses: the space bar, and in lists and dialogs the arrows too.
function isUsedBy(target: EventTarget | null, bit: number): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (document.querySelector('dialog[open]') || target.matches('select, textarea, input:not([type=checkbox])')) return true;
  return bit === controls.fire && target.matches('button, a, input');
}
