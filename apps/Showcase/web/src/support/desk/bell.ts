import { element, setText } from '../../page/element';
import { remember, remembered } from '../../page/settings';

const setting = 'support-sound';
const seconds = 0.25;
const loudness = 0.08;
const tones = [660, 880];

/** A short sound for news at the desk, which an agent switches on. */
export class Bell {
  readonly button = element('button', { type: 'button', class: 'button plain', title: 'Play a sound for each new question', click: () => this.#switch() });
  #audio: AudioContext | undefined;

  constructor() {
    this.#paint();
    // A browser plays nothing before the first click or key on a page.
    for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, () => this.#prepare(), { once: true });
  }

  ring(): void {
    const audio = this.#audio;
    if (!this.#isOn || audio?.state !== 'running') return;
    for (const [index, tone] of tones.entries()) {
      const [oscillator, gain] = [audio.createOscillator(), audio.createGain()];
      const start = audio.currentTime + index * seconds / 2;
      oscillator.frequency.value = tone;
      gain.gain.setValueAtTime(loudness, start);
      gain.gain.exponentialRampToValueAtTime(loudness / 100, start + seconds);
      oscillator.connect(gain).connect(audio.destination);
      oscillator.start(start);
      oscillator.stop(start + seconds);
    }
  }

  get #isOn(): boolean {
    return remembered(setting) === 'on';
  }

  #prepare(): void {
    if (this.#isOn) this.#audio ??= new AudioContext();
  }

  #switch(): void {
    remember(setting, this.#isOn ? 'off' : 'on');
    this.#prepare();
    this.#paint();
    this.ring();
  }

  #paint(): void {
    setText(this.button, this.#isOn ? 'Sound on' : 'Sound off');
    this.button.setAttribute('aria-pressed', String(this.#isOn));
  }
}
