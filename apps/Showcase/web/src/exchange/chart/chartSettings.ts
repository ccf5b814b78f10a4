import { remember, remembered } from '../../page/settings';
import { type Interval, intervals } from '../market/interval';
import { studies, type StudyId } from './studies';

const initialStudies: readonly StudyId[] = ['ma', 'vol'];

/** Returns the interval that was chosen last, by default one minute. */
export function rememberedInterval(): Interval {
  const stored = remembered('interval') as Interval | undefined;
  return stored && intervals.includes(stored) ? stored : '1m';
}

/** The chosen look of the chart, which this browser keeps. */
export class ChartSettings {
  readonly shown = new Set<StudyId>();
  #isLine = remembered('chart-line') === 'yes';
  /** Called when the choice has changed. */
  onChange: () => void = () => undefined;

  constructor() {
    const stored = remembered('indicators')?.split(' ') ?? initialStudies;
    for (const { id } of studies) if (stored.includes(id)) this.shown.add(id);
  }

  /** Whether a line of the closes is drawn instead of candles. */
  get isLine(): boolean {
    return this.#isLine;
  }

  set isLine(isLine: boolean) {
    this.#isLine = isLine;
    remember('chart-line', isLine ? 'yes' : 'no');
    this.onChange();
  }

  show(id: StudyId, isShown: boolean): void {
    if (isShown) this.shown.add(id);
    else this.shown.delete(id);
    remember('indicators', [...this.shown].join(' '));
    this.onChange();
  }
}
