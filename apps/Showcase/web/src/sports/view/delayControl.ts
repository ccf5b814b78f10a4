import { element, setText } from '../../page/element';
import { type Horizon, longestSeconds } from '../model/horizon';

/** The control with which the page is held back to the moment of a late television picture. */
export function delayControl(horizon: Horizon, changed: () => void): HTMLElement {
  const words = element('output', { class: 'number' });
  const slider = element('input', {
    'type': 'range',
    'min': 0,
    'max': longestSeconds,
    'step': 1,
    'aria-label': 'How late your picture is, in seconds',
    'input': () => {
      horizon.seconds = slider.valueAsNumber;
      paint();
      changed();
    },
  });
  slider.value = String(horizon.seconds);
  const paint = () => {
    const { seconds } = horizon;
    slider.setAttribute('aria-valuetext', `${seconds} s late`);
    setText(words, seconds === 0 ? 'live' : `${seconds} s late`);
  };
  paint();
  return element('label', { class: 'delay', title: 'Holds everything on this page back, in step with a picture that is late' }, 'My picture is', slider, words);
}
