import { element } from '../../page/element';
import { turned } from '../model/snapshots';
import { controls } from '../physics/flight';
import { headings } from '../physics/sine';

const stickRadius = 44;
const thrustFrom = 0.55;
const straight = 3;

/** A thumb stick, which points the ship and gives thrust when it is pushed far, and a button that fires. */
export class Touch {
  readonly root: HTMLElement;
  readonly #pressed: (bit: number) => void;
  readonly #knob = element('span', { class: 'knob' });
  #wanted: number | undefined;
  #isThrusting = false;
  #isFiring = false;

  constructor(pressed: (bit: number) => void) {
    this.#pressed = pressed;
    // A screen reader has no use for a stick that must be held and moved: the keys are listed beside the game.
    const stick = element('div', { 'class': 'stick', 'aria-hidden': 'true' }, this.#knob);
    const fire = element('button', { type: 'button', class: 'fire' }, 'Fire');
    stick.addEventListener('pointerdown', (event) => {
      stick.setPointerCapture(event.pointerId);
      this.#point(stick, event);
    });
    stick.addEventListener('pointermove', (event) => {
      if (stick.hasPointerCapture(event.pointerId)) this.#point(stick, event);
    });
    for (const end of ['pointerup', 'pointercancel'] as const) stick.addEventListener(end, () => this.#release());
    fire.addEventListener('pointerdown', (event) => {
      fire.setPointerCapture(event.pointerId);
      this.#isFiring = true;
    });
    for (const end of ['pointerup', 'pointercancel', 'lostpointercapture'] as const)
      fire.addEventListener(end, () => {
        this.#isFiring = false;
      });
    this.root = element('div', { class: 'touch' }, stick, fire);
  }

  /** Returns the controls that turn a ship of this heading toward the stick. */
  held(heading: number | undefined): number {
    let held = (this.#isThrusting ? controls.thrust : 0) | (this.#isFiring ? controls.fire : 0);
    if (this.#wanted === undefined || heading === undefined) return held;
    const turn = turned(heading, this.#wanted);
    if (turn > straight) held |= controls.right;
    else if (turn < -straight) held |= controls.left;
    return held;
  }

  #point(stick: HTMLElement, { clientX, clientY }: PointerEvent): void {
    const { left, top, width, height } = stick.getBoundingClientRect();
    const [dx, dy] = [clientX - left - width / 2, clientY - top - height / 2];
    const pushed = Math.hypot(dx, dy);
    if (pushed < 6) return;
    if (this.#wanted === undefined) this.#pressed(controls.left);
    this.#wanted = Math.atan2(dy, dx) * headings / (2 * Math.PI);
    this.#isThrusting = pushed > stickRadius * thrustFrom;
    const shown = Math.min(1, stickRadius / pushed);
    this.#knob.style.transform = `translate(${dx * shown}px, ${dy * shown}px)`;
  }

  #release(): void {
    this.#wanted = undefined;
    this.#isThrusting = false;
    this.#knob.style.transform = '';
  }
}
