import { element, setText } from '../../page/element';
import { Replay } from '../model/replay';

const speeds = [1, 5, 12, 30, 60];

/** The control that plays a finished match again from its log. */
export class ReplayControl {
  replay: Replay | undefined;
  readonly #make: () => Replay;
  readonly #changed: () => void;
  readonly #play = element('button', { type: 'button', class: 'button', click: () => this.#toggle() }, 'Play the match again');
  readonly #stop = element('button', { type: 'button', class: 'button', hidden: true, click: () => this.#end() }, 'Show the result');
  readonly #position = element('input', { 'type': 'range', 'min': 0, 'step': 60_000, 'hidden': true, 'aria-label': 'Position in the match', 'input': () => this.#seek() });
  readonly #speed = element(
    'select',
    { 'class': 'button', 'aria-label': 'Speed', 'change': () => this.#setSpeed() },
    ...speeds.map((speed) => element('option', { value: speed, selected: speed === 12 }, `${speed}×`)),
  );

  readonly root = element('div', { class: 'replay' }, this.#play, this.#speed, this.#position, this.#stop);

  constructor(make: () => Replay, changed: () => void) {
    [this.#make, this.#changed] = [make, changed];
  }

  paint(): void {
    const { replay } = this;
    this.#stop.hidden = this.#position.hidden = replay === undefined;
    const isOver = replay !== undefined && replay.played(performance.now()) >= replay.length;
    if (isOver && replay) replay.isPlaying = false;
    setText(this.#play, replay === undefined || isOver ? 'Play the match again' : replay.isPlaying ? 'Pause' : 'Continue');
    if (!replay) return;
    this.#position.max = String(replay.length);
    this.#position.valueAsNumber = replay.played(performance.now());
  }

  #toggle(): void {
    this.replay ??= this.#make();
    this.replay.setSpeed(Number(this.#speed.value), performance.now());
    this.replay.play(performance.now(), !this.replay.isPlaying);
    this.#changed();
  }

  #end(): void {
    this.replay = undefined;
    this.#changed();
    this.#play.focus();
  }

  #seek(): void {
    this.replay?.seek(this.#position.valueAsNumber, performance.now());
    this.#changed();
  }

  #setSpeed(): void {
    this.replay?.setSpeed(Number(this.#speed.value), performance.now());
  }
}
