import { element, setText } from '../../page/element';
import type { Experiment } from '../experiment';
import type { Settings } from '../model/settings';
import { Knobs } from './knobs';

interface Actions {
  readonly run: (settings: Settings) => void;
  readonly chosen: (settings: Settings) => void;
}

/** The panel above the table: knobs, the buttons to run, stop and cut, and the clock. */
export class Controls {
  readonly root: HTMLElement;
  readonly #knobs: Knobs;
  readonly #experiment: Experiment;
  readonly #run: HTMLButtonElement;
  readonly #cut: HTMLButtonElement;
  readonly #clock = element('span', { class: 'number', role: 'timer' });
  readonly #status = element('p', { role: 'status' });
  #isReady = false;

  constructor(experiment: Experiment, settings: Settings, actions: Actions) {
    this.#experiment = experiment;
    this.#knobs = new Knobs(settings, (changed) => {
      actions.chosen(changed);
      this.paint();
    });
    this.#run = element('button', { type: 'submit', class: 'button primary' }, 'Run');
    this.#cut = element('button', { type: 'button', class: 'button', click: () => void experiment.cut(!experiment.isCut) }, 'Cut');
    this.root = element(
      'form',
      { 'class': 'panel controls', 'aria-label': 'Run' },
      this.#knobs.root,
      element('div', { class: 'choices' }, this.#run, this.#cut, this.#clock),
      this.#status,
    );
    this.root.addEventListener('submit', (event) => {
      event.preventDefault();
      if (experiment.state === 'running') void experiment.stop();
      else actions.run(this.#knobs.settings);
    });
  }

  get settings(): Settings {
    return this.#knobs.settings;
  }

  setReady(isReady: boolean): void {
    this.#isReady = isReady;
    this.paint();
  }

  paint(): void {
    const { state, isCut, elapsedMilliseconds } = this.#experiment;
    const isRunning = state === 'running';
    this.#knobs.root.disabled = isRunning || state === 'starting';
    setText(this.#run, isRunning ? 'Stop' : 'Run');
    // A button that is disabled loses the focus: while a run starts, a press has no effect instead.
    this.#run.disabled = !isRunning && state !== 'starting' && (!this.#isReady || this.#knobs.fault !== '');
    this.#cut.disabled = !isRunning;
    setText(this.#cut, isCut ? 'Restore the lines' : 'Cut the lines');
    this.#cut.setAttribute('aria-pressed', String(isCut));
    setText(this.#clock, `${clock(elapsedMilliseconds)} of ${clock(Number(this.#knobs.settings.seconds) * 1000)}`);
    const [words, isWarning] = this.#words();
    setText(this.#status, words);
    this.#status.className = isWarning ? 'warn' : 'muted';
  }

  #words(): [words: string, isWarning: boolean] {
    const { state, isCut, isPaused, wasPaused, problem } = this.#experiment;
    if (problem !== '') return [problem, true];
    if (state !== 'running' && this.#knobs.fault !== '') return [this.#knobs.fault, true];
    if (isPaused) return ['Paused while the tab is hidden: browsers slow its timers. The run continues when the tab is visible.', true];
    if (isCut) return ['The lines are cut. Restore them and compare the missed events.', true];
    if (state === 'running' && wasPaused) return ['Running. All ways paused while the tab was hidden, because browsers slow the timers of hidden tabs.', false];
    if (state === 'running') return ['Running. Cut the lines for a few seconds and restore them: which way misses events?', false];
    if (state === 'ended' && this.#isReady) return ['The run has ended.', false];
    if (!this.#isReady) return ['Connecting to the server. If it does not answer, start it with ./run: this page connects by itself.', false];
    return ['Press Run: six ways receive the same events at the same time.', false];
  }
}

function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
