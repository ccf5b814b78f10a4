import { element, setText } from '../../page/element';
import { reactionNames, reactions } from '../model/messages';
import type { Stage } from '../stage';
import { complain } from './questionPanel';

const fullCount = 20;

/** The reactions of the last five seconds as numbers, and the hand of this person. */
export class ReactionBar {
  readonly root: HTMLElement;
  readonly #stage: Stage;
  readonly #buttons: HTMLButtonElement[];
  readonly #counts: HTMLElement[];
  readonly #hand = element('button', { type: 'button', class: 'button', click: () => void this.#toggle() }, '✋ Raise your hand');
  #isRaised = false;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#counts = reactions.map(() => element('span', { class: 'number' }));
    this.#buttons = reactions.map((kind, index) => element(
      'button',
      {
        'type': 'button',
        'class': 'button react',
        'title': reactionNames[index],
        'aria-label': reactionNames[index],
        'click': () => void stage.call('stage.react', { kind }).catch(complain),
      },
      kind,
      this.#counts[index] ?? '',
    ));
    this.root = element('div', { class: 'reactions' }, ...this.#buttons, this.#hand);
  }

  paint(): void {
    const { mood, show, isSpeaker, hands, user, connection } = this.#stage;
    const isConnected = connection.state === 'connected';
    this.#buttons.forEach((button, index) => {
      const count = mood.reactions[index] ?? 0;
      button.disabled = !isConnected;
      button.style.setProperty('--share', `${Math.min(100, (count / fullCount) * 100)}%`);
      const counter = this.#counts[index];
      if (counter) setText(counter, count === 0 ? '' : String(count));
    });
    // The speaker lowers hands, and a lost connection does.
    this.#isRaised = [...hands.values()].some((hand) => hand.user === user);
    this.#hand.hidden = isSpeaker || !show;
    this.#hand.disabled = !isConnected;
    setText(this.#hand, this.#isRaised ? '✋ Lower your hand' : '✋ Raise your hand');
    this.#hand.setAttribute('aria-pressed', String(this.#isRaised));
  }

  async #toggle(): Promise<void> {
    await this.#stage.raise(!this.#isRaised).catch(complain);
  }
}
