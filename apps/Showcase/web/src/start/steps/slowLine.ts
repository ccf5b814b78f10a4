import { element, setText } from '../../page/element';
import { direct, profiles } from '../../line/profiles';
import { Arrivals } from '../arrivals';
import type { Start } from '../application';
import { step } from './step';

const reportMilliseconds = 1000;
const enough = 10;
const oldMilliseconds = 3000;

/** The page's line becomes a modem, and every price is requested: fewer arrive, and none of them is old. */
export function slowLine({ connection, prices }: Start): HTMLElement {
  const modem = profiles.find(({ id }) => id === 'modem') ?? direct;
  const arrivals = new Arrivals();
  let skipped = 0;
  let isAsking = false;
  const isSlow = () => connection.line.profile === modem;
  const button = element('button', { type: 'button', class: 'button' });
  const { root, tick, report } = step(button, ' as the line: prices come less often, never old.');
  button.addEventListener('click', () => void connection.chooseLine(isSlow() ? direct : modem));

  let wasSlow = false;
  const paint = () => {
    setText(button, isSlow() ? 'Choose “as it is”' : 'Choose “modem”');
    if (isSlow() === wasSlow) return;
    wasSlow = isSlow();
    skipped = 0;
    arrivals.start(performance.now());
    prices.chooseEvery(wasSlow);
    prices.want('step', wasSlow);
    if (wasSlow) report('The line is changing …');
  };
  prices.onChange((arrived) => {
    const age = arrived && connection.ageOf(arrived.time);
    if (isSlow() && age !== undefined) arrivals.add(age, performance.now());
  });
  const ask = async () => {
    isAsking = true;
    try {
      skipped = await prices.skipped();
    } catch {
      // The connection was lost: the last count stays until the next one.
    } finally {
      isAsking = false;
    }
  };
  setInterval(() => {
    if (!isSlow() || connection.state !== 'connected' || arrivals.count === 0) return;
    if (!isAsking) void ask();
    const { perSecond, oldest } = arrivals.figures(performance.now());
    const age = (oldest / 1000).toFixed(1);
    report(`${perSecond.toFixed(1)} a second, at most ${age} s old, ${skipped.toLocaleString('en')} skipped.`, false);
    if (arrivals.count >= enough && skipped > 0 && oldest < oldMilliseconds) tick();
  }, reportMilliseconds);
  connection.onChange(paint);
  paint();
  return root;
}
