import { element, setText } from '../../page/element';
import { isPlayed } from '../model/clock';
import type { MatchState } from '../model/fold';
import type { MatchData, Phase, Side } from '../model/messages';
import type { Report, Reports } from '../reports';

const next: Partial<Record<Phase, readonly [Phase, string]>> = {
  notStarted: ['firstHalf', 'Kick off'],
  firstHalf: ['halfTime', 'Half-time'],
  halfTime: ['secondHalf', 'Begin the second half'],
  secondHalf: ['fullTime', 'Full time'],
};
const acts: readonly (readonly [type: string, label: string])[] = [
  ['goal', 'Goal'], ['ownGoal', 'Own goal'], ['penalty', 'Penalty goal'], ['yellow', 'Yellow card'], ['red', 'Red card'],
];

const mostAdded = 30;

/** The desk of the person who reports a friendly: a player is chosen, then what happened is pressed. */
export class ScoutDesk {
  readonly #match: MatchData;
  readonly #reports: Reports;
  readonly #phase = element('button', { type: 'button', class: 'button primary', click: () => this.#advance() });
  readonly #added = element('input', { 'class': 'button', 'type': 'number', 'min': 1, 'max': mostAdded, 'value': 3, 'required': true, 'aria-label': 'Minutes of stoppage time' });
  readonly #stoppage = element('form', { class: 'stoppage', submit: (event) => this.#announce(event) }, this.#added, element('button', { type: 'submit', class: 'button' }, 'Stoppage time'));
  readonly #waiting = element('p', { class: 'muted', role: 'status' });
  readonly #sides: readonly [SideDesk, SideDesk];
  readonly root: HTMLElement;
  #state: MatchState | undefined;

  constructor(match: MatchData, reports: Reports) {
    [this.#match, this.#reports] = [match, reports];
    const report = (entry: Omit<Report, 'clientId' | 'match'>) => reports.add({ ...entry, match: match.id });
    this.#sides = [new SideDesk(match, 0, report), new SideDesk(match, 1, report)];
    this.root = element(
      'section',
      { class: 'panel desk' },
      element('header', {}, element('h2', {}, 'Scout’s desk'), this.#phase),
      element('div', { class: 'columns' }, ...this.#sides.map(({ root }) => root)),
      this.#stoppage,
      this.#waiting,
    );
  }

  paint(state: MatchState): void {
    this.#state = state;
    const step = next[state.phase];
    this.#phase.hidden = step === undefined;
    setText(this.#phase, step?.[1] ?? '');
    this.#stoppage.hidden = !isPlayed(state.phase);
    for (const side of this.#sides) side.paint(state);
    setText(this.#waiting, waitingText(this.#reports.waiting.length, state.phase));
  }

  #announce(event: Event): void {
    event.preventDefault();
    this.#reports.add({ match: this.#match.id, type: 'stoppage', added: this.#added.valueAsNumber });
  }

  #advance(): void {
    const step = this.#state && next[this.#state.phase];
    if (step) this.#reports.add({ match: this.#match.id, type: 'phase', phase: step[0] });
  }
}

function waitingText(count: number, phase: Phase): string {
  if (count === 1) return '1 report is kept in this browser until the server has taken it.';
  if (count > 1) return `${count} reports are kept in this browser until the server has taken them.`;
  return phase === 'fullTime' ? 'The match is over.' : 'Goals and red cards are reviewed in the timeline.';
}

class SideDesk {
  readonly #side: Side;
  readonly #match: MatchData;
  readonly #player: HTMLSelectElement;
  readonly #entering: HTMLSelectElement;
  readonly #buttons: HTMLButtonElement[];
  readonly root: HTMLElement;

  constructor(match: MatchData, side: Side, report: (entry: Omit<Report, 'clientId' | 'match'>) => void) {
    [this.#match, this.#side] = [match, side];
    const team = side === 0 ? match.home : match.away;
    this.#player = element('select', { 'class': 'button', 'aria-label': `Player of ${team.name}` });
    this.#entering = element('select', { 'class': 'button', 'aria-label': `Player of ${team.name} who enters` });
    const button = (label: string, click: () => void) => element('button', { type: 'button', class: 'button', click }, label);
    const replace = button('Substitute', () => report({ type: 'substitution', side, player: Number(this.#player.value), other: Number(this.#entering.value) }));
    this.#buttons = [
      ...acts.map(([type, label]) => button(label, () => report({ type, side, player: Number(this.#player.value) }))),
      replace,
    ];
    this.root = element(
      'fieldset',
      {},
      element('legend', {}, element('bdi', {}, team.name)),
      this.#player,
      ...this.#buttons.slice(0, -1),
      element('span', { class: 'substitute' }, this.#entering, replace),
    );
  }

  paint({ phase, onPitch, bench }: MatchState): void {
    const { players } = this.#side === 0 ? this.#match.home : this.#match.away;
    fill(this.#player, players.filter(({ number }) => onPitch[this.#side].has(number)));
    fill(this.#entering, players.filter(({ number }) => bench[this.#side].has(number)));
    for (const button of this.#buttons) button.disabled = !isPlayed(phase);
  }
}

function fill(select: HTMLSelectElement, players: readonly { number: number; name: string }[]): void {
  const numbers = players.map(({ number }) => String(number));
  const isSame = select.options.length === numbers.length;
  if (isSame && numbers.every((number, index) => select.options[index]?.value === number)) return;
  const { value } = select;
  select.replaceChildren(...players.map(({ number, name }) => element('option', { value: number }, name)));
  if (numbers.includes(value)) select.value = value;
}
