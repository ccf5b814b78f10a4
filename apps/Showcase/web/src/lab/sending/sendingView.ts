import type { LineApi } from '../../line/lineApi';
import { element, setText } from '../../page/element';
import { painter } from '../../page/painter';
import { Experiment, type LabCalls } from '../experiment';
import { sendingRows } from '../model/figures';
import { knobs, settingsFrom } from '../model/settings';
import { ResultTable } from '../view/resultTable';
import { sendWays } from './sendWays';

const sendMilliseconds = 50;
const lines = knobs.find(({ name }) => name === 'line')?.choices ?? [];

/** The panel that sends messages to the server by requests and by a WebSocket at the same time. */
export class SendingView {
  readonly root: HTMLElement;
  readonly #experiment: Experiment;
  readonly #table = new ResultTable(sendWays, sendingRows, 'What sending costs');
  readonly #line = element('select', { class: 'button', id: 'sending-line' }, ...lines.map(([value, title]) => element('option', { value }, title)));
  readonly #run = element('button', { type: 'button', class: 'button primary', click: () => this.#toggle() });
  readonly #cut = element('button', { type: 'button', class: 'button', click: () => void this.#experiment.cut(!this.#experiment.isCut) });
  readonly #clock = element('span', { class: 'number', role: 'timer' });
  readonly #status = element('p', { role: 'status' });
  #isReady = false;

  constructor(calls: LabCalls, api: LineApi, changed: () => void) {
    this.#experiment = new Experiment(calls, api, sendWays, () => {
      if (document.hidden) this.#experiment.pause(true);
      changed();
      painter.mark(this.#paint);
    });
    this.root = element(
      'section',
      { 'class': 'panel station', 'aria-label': 'The other direction' },
      element('h2', {}, 'The other direction'),
      element('p', { class: 'muted' }, 'The browser sends 20 messages a second for a minute: by fetch, a request for each, and by one WebSocket, on which the server confirms each. Neither repeats a message that failed.'),
      element('div', { class: 'choices' }, element('label', { for: 'sending-line' }, 'Line'), this.#line, this.#run, this.#cut, this.#clock),
      this.#status,
      this.#table.root,
      element('p', { class: 'muted' }, 'Requests of one page use several connections, so that a later message may overtake an earlier one. On a WebSocket messages keep their order. A message without a confirmation may have arrived: only a number that the application checks on both sides makes it exactly once.'),
    );
    document.addEventListener('visibilitychange', () => this.#experiment.pause(document.hidden));
    window.addEventListener('pagehide', () => this.#experiment.leave());
    this.#paint();
  }

  get isRunning(): boolean {
    return this.#experiment.state === 'running' || this.#experiment.state === 'starting';
  }

  setReady(isReady: boolean): void {
    this.#isReady = isReady;
    painter.mark(this.#paint);
  }

  #toggle(): void {
    if (this.#experiment.state === 'running') void this.#experiment.stop();
    else void this.#experiment.start({ ...settingsFrom(''), rate: '0.1', seconds: '60', poll: String(sendMilliseconds), line: this.#line.value }, location.hostname);
  }

  readonly #paint = () => {
    const { state, isCut, elapsedMilliseconds } = this.#experiment;
    const isRunning = state === 'running';
    this.#line.disabled = this.isRunning;
    setText(this.#run, isRunning ? 'Stop sending' : 'Send messages');
    this.#run.disabled = !this.isRunning && !this.#isReady;
    this.#cut.disabled = !isRunning;
    setText(this.#cut, isCut ? 'Restore both lines' : 'Cut both lines');
    this.#cut.setAttribute('aria-pressed', String(isCut));
    setText(this.#clock, this.isRunning ? `${Math.floor(elapsedMilliseconds / 1000)} s` : '');
    const [words, isWarning] = this.#words();
    setText(this.#status, words);
    this.#status.className = isWarning ? 'warn' : 'muted';
    this.#table.paint(this.#experiment.figures);
  };

  #words(): [words: string, isWarning: boolean] {
    const { state, isCut, isPaused, problem } = this.#experiment;
    if (problem !== '') return [problem, true];
    if (isPaused) return ['Paused while the tab is hidden: browsers slow its timers.', true];
    if (isCut) return ['Both lines are cut. Restore them and compare what was not confirmed.', true];
    if (state === 'running') return ['Sending. Cut both lines for a few seconds and restore them.', false];
    if (!this.#isReady) return ['Available when the page is connected and no other run is active.', false];
    return [state === 'ended' ? 'The run has ended.' : 'Press the button: both ways send the same messages at the same time.', false];
  }
}
