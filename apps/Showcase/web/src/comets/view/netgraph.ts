import type { Connection } from '../../connection/connection';
import { direct, type Profile } from '../../line/profiles';
import { element, setText } from '../../page/element';
import { onThemeChange, token } from '../../page/theme';
import type { Arrival } from '../model/arrivals';

const graphMilliseconds = 10_000;
const graphHeight = 56;
const mostInterval = 150;
const mostError = 24;
const delays = [0, 50, 100, 150, 250];
const jitters = [0, 25, 50, 100];

/** The figures of the netgraph. */
export interface Figures {
  roundTrip: number | undefined;
  snapshots: number;
  bytesIn: number;
  bytesOut: number;
  delay: number;
  error: number;
  waiting: number | undefined;
  answer: number | undefined;
  answers: number;
}

/** Switches for each part of the netcode, the line of the connection, and what they do to the game, in figures. */
export class Netgraph {
  readonly root: HTMLElement;
  readonly predicts = toggle('Prediction', 'Your keys move your ship at once, before the server has seen them');
  readonly reconciles = toggle('Reconciliation', 'Your ship is corrected by each snapshot, and your later keys are applied again');
  readonly interpolates = toggle('Interpolation', 'Others move between snapshots, a moment in the past, instead of jumping 20 times a second');
  readonly showsGhost = toggle('Server’s ghost', 'Outlines your ship where the latest snapshot has it', false);
  readonly #values = new Map<string, HTMLElement>();
  readonly #graph = element('canvas', { 'class': 'graph', 'role': 'img', 'aria-label': 'Intervals of the snapshots and corrections of your ship in the last ten seconds' });
  #colours = coloursNow();

  constructor(connection: Connection) {
    onThemeChange(() => {
      this.#colours = coloursNow();
    });
    const figures = element('dl', { class: 'facts' });
    for (const name of names) {
      const value = element('dd', { 'class': 'number', 'data-figure': name }, '–');
      this.#values.set(name, value);
      figures.append(element('dt', {}, titles[name]), value);
    }
    const line = lineChoice(connection);
    this.root = element(
      'section',
      { class: 'panel netgraph' },
      element('header', {}, element('h2', {}, 'Netgraph')),
      element('div', { class: 'switches' }, ...[this.predicts, this.reconciles, this.interpolates, this.showsGhost].map(({ label }) => label)),
      ...(line ? [line] : []),
      this.#graph,
      element('p', { class: 'muted legend' }, 'Bars: time between snapshots, 50 ms when regular. Line: correction of your ship.'),
      figures,
    );
  }

  paint(figures: Figures, arrivals: readonly Arrival[], now: number): void {
    const { roundTrip, snapshots, bytesIn, bytesOut, delay, error, waiting, answer, answers } = figures;
    this.#show('answer', answer === undefined ? '–' : answer === 1 ? '1 frame' : `${answer} frames`);
    this.#values.get('answer')?.setAttribute('data-answers', String(answers));
    this.#show('roundTrip', roundTrip === undefined ? '–' : `${Math.round(roundTrip)} ms`);
    this.#show('snapshots', `${snapshots.toFixed(1)} /s`);
    this.#show('bytesIn', `${kilobytes(bytesIn)}/s`);
    this.#show('bytesOut', `${kilobytes(bytesOut)}/s`);
    this.#show('delay', `${Math.round(delay)} ms`);
    this.#show('error', `${error.toFixed(1)} px`);
    this.#show('waiting', waiting === undefined ? '–' : String(waiting));
    this.#draw(arrivals, now);
  }

  #show(name: Name, text: string): void {
    const value = this.#values.get(name);
    if (value) setText(value, text);
  }

  #draw(arrivals: readonly Arrival[], now: number): void {
    const context = this.#graph.getContext('2d');
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const wide = this.#graph.clientWidth;
    if (!context || wide === 0) return;
    this.#graph.width = wide * ratio;
    this.#graph.height = graphHeight * ratio;
    context.scale(ratio, ratio);
    const at = (time: number) => wide - (now - time) / graphMilliseconds * wide;
    for (const { at: time, interval } of arrivals) {
      const tall = Math.min(1, interval / mostInterval) * graphHeight;
      context.fillStyle = interval > 100 ? this.#colours.warn : this.#colours.muted;
      context.fillRect(at(time), graphHeight - tall, 1.5, tall);
    }
    context.strokeStyle = this.#colours.accent;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const { at: time, error } of arrivals)
      context.lineTo(at(time), graphHeight - 1 - Math.min(1, error / mostError) * (graphHeight - 2));
    context.stroke();
  }
}

type Name = 'answer' | 'roundTrip' | 'snapshots' | 'bytesIn' | 'bytesOut' | 'delay' | 'error' | 'waiting';

const titles: Record<Name, string> = {
  answer: 'Your ship answers a key after',
  roundTrip: 'Round trip',
  snapshots: 'Snapshots',
  bytesIn: 'Received',
  bytesOut: 'Sent',
  delay: 'Others are drawn behind by',
  error: 'Largest correction',
  waiting: 'Inputs under way',
};
const names = Object.keys(titles) as Name[];

interface Toggle {
  readonly label: HTMLElement;
  readonly isOn: boolean;
}

function toggle(name: string, title: string, isOn = true): Toggle {
  const box = element('input', { type: 'checkbox', checked: isOn });
  const label = element('label', { title }, box, name);
  return {
    label,
    get isOn() {
      return box.checked;
    },
  };
}

/** Chooses a line with a delay and a jitter; undefined where there are no lines. */
function lineChoice(connection: Connection): HTMLElement | undefined {
  if (!connection.hasLines) return undefined;
  const delay = choice('Delay each way', delays);
  const jitter = choice('Jitter', jitters);
  const choose = () => void connection.chooseLine(profileOf(Number(delay.value), Number(jitter.value)));
  for (const select of [delay, jitter]) select.addEventListener('change', choose);
  // Another choice in the wire panel is not one of these.
  connection.onChange(() => {
    if (!connection.line.profile.id.startsWith(idPrefix)) delay.value = jitter.value = '0';
  });
  return element(
    'div',
    { class: 'line-choice' },
    element('label', {}, 'Delay each way', delay),
    element('label', {}, 'Jitter', jitter),
  );
}

function choice(name: string, values: readonly number[]): HTMLSelectElement {
  const options = values.map((value) => element('option', { value }, value === 0 ? 'none' : `${value} ms`));
  return element('select', { 'class': 'button', 'aria-label': name }, ...options);
}

const idPrefix = 'game-';

function profileOf(delayMs: number, jitterMs: number): Profile {
  if (delayMs === 0 && jitterMs === 0) return direct;
  const title = `${delayMs} ms each way${jitterMs > 0 ? `, up to ${jitterMs} ms more` : ''}`;
  return { id: `${idPrefix}${delayMs}-${jitterMs}`, title, short: `+${2 * delayMs} ms`, settings: { delayMs, jitterMs } };
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}

function coloursNow() {
  return { muted: token('muted'), accent: token('accent'), warn: token('warn') };
}
