import { element, setText } from '../../page/element';
import type { MatchData, Pair, Stats } from '../model/messages';

const rows: readonly (readonly [keyof Omit<Stats, 'pressure'>, string, string])[] = [
  ['possession', 'Possession', ' %'],
  ['shots', 'Shots', ''],
  ['onTarget', 'On target', ''],
  ['corners', 'Corners', ''],
  ['fouls', 'Fouls', ''],
];
const svg = 'http://www.w3.org/2000/svg';
const height = 48;

/** The statistics as pairs of bars, and the pressure of each minute. */
export class StatsView {
  readonly #table = element('dl', { class: 'pairs' });
  readonly #pressure = document.createElementNS(svg, 'svg');
  readonly #note = element('p', { class: 'muted' });
  readonly root = element(
    'section',
    { class: 'panel stats' },
    element('header', {}, element('h2', {}, 'Statistics')),
    element('div', { class: 'inside' }, this.#note, this.#table, this.#pressure),
  );

  #drawn: Stats | undefined;

  paint(match: MatchData, stats: Stats | undefined, isHeldBack: boolean): void {
    const shown = isHeldBack ? undefined : stats;
    setText(this.#note, isHeldBack ? 'Statistics are live only, so they are hidden while your picture is late.' : shown ? '' : empty(match));
    this.#note.hidden = shown !== undefined;
    this.#table.hidden = shown === undefined;
    this.#pressure.toggleAttribute('hidden', shown === undefined);
    if (!shown || shown === this.#drawn) return;
    this.#drawn = shown;
    this.#table.replaceChildren(...rows.flatMap(([key, name, unit]) => pair(name, shown[key], unit)));
    this.#paintPressure(match, shown.pressure);
  }

  #paintPressure({ home, away }: MatchData, pressure: readonly number[]): void {
    this.#pressure.setAttribute('viewBox', `0 ${-height} ${Math.max(90, pressure.length)} ${2 * height}`);
    this.#pressure.setAttribute('preserveAspectRatio', 'none');
    this.#pressure.setAttribute('role', 'img');
    this.#pressure.setAttribute('class', 'pressure');
    this.#pressure.setAttribute('aria-label', `Pressure by minute: upwards ${home.name}, downwards ${away.name}`);
    this.#pressure.replaceChildren(...pressure.map((value, minute) => {
      const bar = document.createElementNS(svg, 'rect');
      const size = Math.abs(value) / 100 * height;
      const entries = { x: minute + 0.1, y: value > 0 ? -size : 0, width: 0.8, height: size };
      for (const [name, number] of Object.entries(entries)) bar.setAttribute(name, String(number));
      bar.setAttribute('class', value > 0 ? 'of-home' : 'of-away');
      return bar;
    }));
  }
}

function empty({ kind }: MatchData): string {
  return kind === 'simulated' ? 'They begin with the first minute.' : 'There are none of this match.';
}

function pair(name: string, [home, away]: Pair, unit: string): HTMLElement[] {
  const share = home + away === 0 ? 50 : home / (home + away) * 100;
  return [
    element('dt', {}, name),
    element(
      'dd',
      {},
      element('span', { class: 'number' }, `${home}${unit}`),
      element('span', { 'class': 'bars', 'aria-hidden': 'true', 'style': `--home: ${share}%` }),
      element('span', { class: 'number' }, `${away}${unit}`),
    ),
  ];
}
