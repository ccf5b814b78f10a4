import { element, setData, setText } from '../../page/element';
import { toast } from '../../page/toasts';
import { Stills } from '../media/stills';
import { watchProblem } from '../media/support';
import { Watcher } from '../media/watcher';
import { isOld, pictureWords } from '../model/pictureWords';
import type { Stage } from '../stage';

/** The picture of the stage with its sound, what is wrong with it, and how far behind it is. */
export class Screen {
  readonly root: HTMLElement;
  readonly watcher: Watcher | undefined;
  readonly #stills: Stills | undefined;
  readonly #stage: Stage;
  readonly #canvas = element('canvas', { 'width': 640, 'height': 360, 'role': 'img', 'aria-label': 'Picture of the stage' });
  readonly #notice = element('p', { class: 'over', role: 'status' });
  readonly #sound = element('button', { type: 'button', class: 'button sound', click: () => void this.toggleSound() });
  readonly #figures = element('p', { class: 'figures muted number' });
  // One window of a browser has the sound.
  readonly #windows = 'BroadcastChannel' in window ? new BroadcastChannel('duplex-stage-sound') : undefined;

  constructor(stage: Stage, changed: () => void) {
    this.#stage = stage;
    const problem = watchProblem();
    const frame = element('div', { class: 'frame' }, this.#canvas, this.#notice, this.#sound);
    this.root = element('div', { class: 'picture' }, frame, this.#figures);
    if (problem === '') this.watcher = new Watcher(stage.connection, stage.id, this.#canvas, changed);
    else {
      this.#stills = new Stills(stage.connection, stage.id, this.#canvas, changed);
      this.#sound.hidden = true;
      this.root.classList.add('without');
    }
    this.#windows?.addEventListener('message', () => this.watcher?.sound.switchOff());
    setInterval(changed, 1000);
  }

  async toggleSound(): Promise<void> {
    const sound = this.watcher?.sound;
    if (!sound) return;
    if (sound.isOn) {
      sound.switchOff();
      return;
    }
    try {
      this.#windows?.postMessage('on');
      await sound.switchOn();
    } catch {
      sound.switchOff();
      toast('The browser has no sound output for this page.', { kind: 'warn', subject: 'sound' });
    }
  }

  paint(): void {
    const { watcher } = this;
    const words = this.#words();
    setText(this.#notice, words);
    this.#notice.hidden = words === '';
    const age = (watcher ?? this.#stills)?.age;
    setData(this.root, 'old', String(isOld(age)));
    if (this.#stills) setData(this.#figures, 'count', String(this.#stills.count));
    if (!watcher) return;
    const { sound, behind, skipped, buffer, picture, first } = watcher;
    setText(this.#sound, sound.isOn ? 'Mute' : 'Turn on the sound');
    this.#sound.title = sound.isOn ? 'Mute (m)' : 'Turn on the sound (m)';
    const parts = behind === undefined || isOld(age) ? [] : [`${Math.round(behind)} ms behind`];
    if (sound.isOn) parts.push(`${sound.gaps} ${sound.gaps === 1 ? 'gap' : 'gaps'} in the sound`);
    if (watcher.isSkipping) parts.push(`a slow line: ${skipped} pictures left out`);
    setText(this.#figures, parts.join(' · '));
    const { count } = picture;
    const values = { behind: behind ?? -1, first: first ?? -1, gaps: sound.gaps, skipped, buffer, count };
    for (const [key, value] of Object.entries(values)) setData(this.#figures, key, String(Math.round(value)));
  }

  #words(): string {
    const { show, state } = this.#stage;
    const problem = watchProblem();
    if (problem !== '') return problem;
    const age = this.watcher?.age;
    if (this.#stage.connection.state !== 'connected') return age !== undefined && isOld(age) ? `Picture of ${Math.round(age / 1000)} s ago.` : '';
    if (show && !state.isLive) return `${show.name} is not connected. The show goes on when the connection is back.`;
    return pictureWords(age, show !== null, this.watcher?.isSkipping ?? false);
  }
}
