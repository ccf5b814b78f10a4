import { element, setData, setText } from '../../page/element';
import type { Goals } from '../goals';
import { clockText, phaseWords } from '../model/clock';
import type { MatchData, ScoreEntry } from '../model/messages';
import { resultText } from '../model/words';
import { Star } from './star';

/** The head of a match: both teams, the score, the clock, and how many watch. */
export class Scoreboard {
  readonly #score = element('strong', { class: 'number total' });
  readonly #clock = element('span', { class: 'number clock' });
  readonly #phase = element('span', { class: 'muted' });
  readonly #stale = element('span', { class: 'warn' });
  readonly #watching = element('span', { class: 'muted number' });
  readonly #stars: readonly Star[];
  readonly root: HTMLElement;

  constructor({ competition, note, home, away, kickOff, kind }: MatchData, goals: Goals) {
    this.#stars = [home, away].map(({ name }) => new Star(goals, 'teams', name, name));
    const team = (index: 0 | 1, name: string) => element('h2', {}, this.#stars[index]?.root ?? '', element('bdi', {}, name));
    const day = kind === 'replay' ? new Date(kickOff).toLocaleDateString('en', { dateStyle: 'long', timeZone: 'UTC' }) : '';
    this.root = element(
      'section',
      { 'class': 'panel scoreboard', 'aria-label': `${home.name} against ${away.name}` },
      element('p', { class: 'muted' }, element('bdi', {}, competition), day === '' ? '' : ` · ${day}`),
      element('div', { class: 'sides' }, team(0, home.name), this.#score, team(1, away.name)),
      element('p', { class: 'state' }, this.#clock, this.#phase, this.#stale, this.#watching),
      element('p', { class: 'muted source' }, note),
    );
  }

  paint(entry: ScoreEntry, now: number, staleSeconds: number | undefined, watching: number): void {
    const { phase } = entry;
    setText(this.#score, resultText(entry));
    setData(this.root, 'review', entry.last?.incident.state === 'underReview' ? 'on' : 'off');
    const clock = clockText(entry, now, staleSeconds === undefined);
    const words = phaseWords(phase);
    setText(this.#clock, clock);
    setText(this.#phase, clock === words ? '' : words);
    setText(this.#stale, staleSeconds === undefined ? '' : `not updated for ${staleSeconds} s`);
    setText(this.#watching, watching === 0 ? '' : `${watching} ${watching === 1 ? 'page watches' : 'pages watch'} this match`);
    for (const star of this.#stars) star.paint();
  }
}
