import { ask } from '../../page/dialog';
import { element, setText } from '../../page/element';
import { randomId } from '../../page/randomId';
import { toast } from '../../page/toasts';
import { Sender, type Source, sources } from '../media/sender';
import { sendProblem } from '../media/support';
import type { Stage } from '../stage';
import { complain } from './questionPanel';
import type { SlideView } from './slideView';
import { askForPlan, type Plan } from './stageDialog';

const heldElsewhere = 409;
const presses = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 } as const;

/** The controls of the person on stage: slides, pointer, mute, hands, and what the audience receives. */
export class Speaker {
  readonly root: HTMLElement;
  readonly start = element('button', { type: 'button', class: 'button primary', click: () => void this.#goOnStage() }, 'Go on stage');
  readonly #stage: Stage;
  readonly #view: SlideView;
  readonly #page = randomId();
  readonly #figures = element('p', { class: 'muted number figures', role: 'status' });
  readonly #hands = element('p', { class: 'hands' });
  readonly #mute = element('button', { type: 'button', class: 'button', click: () => this.#toggleMute() });
  readonly #point = element('button', { type: 'button', class: 'button', click: () => this.#togglePointer() }, 'Pointer');
  readonly #source = element(
    'select',
    { 'class': 'button', 'aria-label': 'Picture', 'disabled': sendProblem() !== '', 'change': () => void this.#changeSource() },
    ...sources.map(([value, label]) => element('option', { value }, label)),
  );

  #sender: Sender | undefined;
  #plan: Plan | undefined;
  #slide = 0;
  #takeOver = false;

  constructor(stage: Stage, view: SlideView) {
    [this.#stage, this.#view] = [stage, view];
    const turn = (label: string, name: string, step: number) =>
      element('button', { 'type': 'button', 'class': 'button', 'aria-label': name, 'title': name, 'click': () => this.#turn(step) }, label);
    this.root = element(
      'div',
      { class: 'speaker', hidden: true },
      element(
        'div',
        { class: 'controls' },
        turn('◀', 'Slide before (←)', -1),
        turn('▶', 'Next slide (→)', 1),
        this.#point,
        this.#source,
        this.#mute,
        element('button', { type: 'button', class: 'button danger', click: () => void this.#leave() }, 'Leave the stage'),
      ),
      this.#figures,
      this.#hands,
    );
    document.addEventListener('keydown', (event) => this.#pressed(event));
  }

  get isOn(): boolean {
    return this.#sender !== undefined;
  }

  /** The time of the speaker's own media, at which slides are turned. */
  get mediaTime(): number {
    return this.#sender?.mediaTime ?? 0;
  }

  paint(): void {
    const { show, isSpeaker, audience, hands, connection } = this.#stage;
    if (this.#sender && this.#sender.ended !== '') this.#ended(this.#sender.ended);
    this.start.hidden = this.isOn || (show !== null && !isSpeaker);
    this.start.disabled = connection.state !== 'connected';
    setText(this.start, isSpeaker ? 'Continue here' : 'Go on stage');
    this.root.hidden = !this.isOn;
    if (!this.#sender) return;
    setText(this.#mute, this.#sender.isMuted ? 'Unmute' : 'Mute');
    this.#mute.setAttribute('aria-pressed', String(this.#sender.isMuted));
    this.#point.setAttribute('aria-pressed', String(this.#view.isPointing));
    setText(this.#figures, this.#sender.isOpen ? audienceWords(audience) : 'Your connection is lost. The show goes on when it is back.');
    const people = [...new Map([...hands].map(([key, hand]) => [hand.user, { key, name: hand.name }])).values()];
    const painted = JSON.stringify(people);
    if (this.#hands.dataset.painted === painted) return;
    this.#hands.dataset.painted = painted;
    this.#hands.replaceChildren(...people.map(({ key, name }) => element(
      'button',
      { type: 'button', class: 'button', title: 'Lower this hand', click: () => void this.#stage.call('hand.lower', { client: key }).catch(complain) },
      '✋ ',
      element('bdi', {}, name),
    )));
  }

  async #goOnStage(): Promise<void> {
    const plan = await askForPlan();
    if (!plan) return;
    this.#plan = plan;
    this.#slide = this.#stage.isSpeaker ? Math.min(this.#stage.state.slide, plan.slides.length - 1) : 0;
    this.#takeOver = false;
    try {
      // Once before anything is captured, so that a stage that is taken asks for no camera.
      if ((await this.#open()) === undefined) return;
      const sender = new Sender(this.#stage.connection, this.#stage.id, () => this.#open(), () => this.paint());
      this.#sender = sender;
      await sender.choose(this.#source.value = plan.source);
    } catch (error) {
      complain(error);
      if (this.#sender) await this.#leave();
    }
    this.paint();
  }

  // Opens the stage, or continues on it, and returns a ticket for the media.
  async #open(): Promise<string | undefined> {
    const plan = this.#plan;
    if (!plan) return undefined;
    const open = async () => (await this.#stage.call<{ ticket: string }>('stage.open', {
      title: plan.title, slides: plan.slides, slide: this.#slide, page: this.#page, takeOver: this.#takeOver,
    })).ticket;
    try {
      return await open();
    } catch (error) {
      if ((error as { code?: number }).code !== heldElsewhere || this.#sender) throw error;
      const body = [element('p', {}, 'You are on this stage in another window. This window continues in its place.')];
      if (!(await ask({ title: 'Continue here?', confirm: 'Continue here', body }))) return undefined;
      this.#takeOver = true;
      const ticket = await open();
      this.#takeOver = false;
      return ticket;
    }
  }

  async #leave(): Promise<void> {
    this.#stop();
    await this.#stage.call('stage.close').catch(complain);
  }

  #stop(): void {
    const sender = this.#sender;
    this.#sender = this.#plan = undefined;
    sender?.stop();
    this.#view.isPointing = false;
    this.paint();
  }

  #ended(reason: string): void {
    this.#stop();
    toast(reason, { kind: 'warn', subject: 'stage' });
  }

  #turn(step: number): void {
    const { slides } = this.#stage;
    const slide = Math.min(slides.length - 1, Math.max(0, this.#slide + step));
    if (slide === this.#slide) return;
    this.#slide = slide;
    void this.#stage.call('stage.slide', { slide, at: this.mediaTime }).catch(complain);
  }

  async #changeSource(): Promise<void> {
    const [sender, plan, source] = [this.#sender, this.#plan, this.#source.value as Source];
    if (!sender || !plan) return;
    try {
      await sender.choose(source);
      this.#plan = { ...plan, source };
    } catch (error) {
      this.#source.value = plan.source;
      complain(error);
    }
  }

  #toggleMute(): void {
    if (this.#sender) this.#sender.isMuted = !this.#sender.isMuted;
    this.paint();
  }

  #togglePointer(): void {
    this.#view.isPointing = !this.#view.isPointing;
    this.paint();
  }

  #pressed(event: KeyboardEvent): void {
    const step = presses[event.key as keyof typeof presses];
    const target = event.target as HTMLElement;
    if (!this.isOn || step === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    if (target.matches('input, textarea, select, [role=tab]') || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    this.#turn(step);
  }
}

function audienceWords(audience: Stage['audience']): string {
  if (!audience) return 'You are on stage.';
  const { viewers, watching, median, slowest, slow } = audience;
  const people = `${viewers} ${viewers === 1 ? 'window' : 'windows'}, ${watching} with the picture`;
  const delay = median === null ? '' : ` · ${median} ms behind, the slowest ${slowest} ms`;
  return `${people}${delay}${slow === 0 ? '' : ` · ${slow} on a slow line`}`;
}
