import { element, setData, setText } from '../../page/element';
import type { Goals } from '../goals';
import { clockText } from '../model/clock';
import type { ScoreEntry } from '../model/messages';
import { markOf, resultText } from '../model/words';
import { Star } from './star';

const markMilliseconds = 30_000;

/** A match in the list. */
export class ScoreRow {
  readonly root: HTMLElement;
  readonly #clock = element('span', { class: 'minute number' });
  readonly #home = element('bdi', { class: 'home' });
  readonly #away = element('bdi', { class: 'away' });
  readonly #score = element('strong', { class: 'number result' });
  readonly #red = element('span', { class: 'reds' });
  readonly #mark = element('span', { class: 'mark' });
  readonly #star: Star;

  constructor(entry: ScoreEntry, goals: Goals, isOpen: boolean) {
    this.#star = new Star(goals, 'matches', entry.id, `${entry.home} against ${entry.away}`);
    this.root = element(
      'li',
      { class: 'score' },
      this.#star.root,
      element(
        'a',
        { href: `/sports/${encodeURIComponent(entry.id)}`, ...(isOpen ? { 'aria-current': 'page' } : {}) },
        this.#clock,
        element('span', { class: 'teams' }, this.#home, this.#score, this.#away),
        this.#red,
        this.#mark,
      ),
    );
    setText(this.#home, entry.home);
    setText(this.#away, entry.away);
  }

  /** Draws a version of the entry; without one, the match is held back. */
  paint(entry: ScoreEntry | undefined, now: number, isConnected: boolean): void {
    this.#star.paint();
    if (!entry) {
      setText(this.#clock, '');
      setText(this.#score, '·–·');
      setText(this.#red, '');
      setText(this.#mark, 'held back until your picture is there');
      setData(this.root, 'marked', '');
      return;
    }
    setText(this.#clock, clockText(entry, now, isConnected));
    setText(this.#score, resultText(entry));
    setText(this.#red, redWords(entry));
    const { last } = entry;
    const isNew = last !== undefined && now - last.incident.time < markMilliseconds;
    setText(this.#mark, isNew ? markOf(entry) : entry.kind === 'replay' ? 'Replay of a real match' : '');
    setData(this.root, 'marked', isNew ? last.incident.state : '');
  }
}

function redWords({ red: [home, away], home: one, away: other }: ScoreEntry): string {
  const words = [[home, one], [away, other]] as const;
  return words.filter(([count]) => count > 0).map(([count, team]) => `${count} red ${team}`).join(' · ');
}
