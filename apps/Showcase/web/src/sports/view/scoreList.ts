import { element, setText } from '../../page/element';
import { place } from '../../page/place';
import type { Goals } from '../goals';
import { isFavourite } from '../model/favourites';
import type { Horizon } from '../model/horizon';
import type { ScoreEntry } from '../model/messages';
import type { Scores } from '../scores';
import type { ShownMatch } from './matchView';
import { ScoreRow } from './scoreRow';

const finished = 'Finished';
const favourites = 'Your favourites';

interface Group {
  readonly root: HTMLElement;
  readonly list: HTMLElement;
}

/** All matches by competition; the favourites come first and the finished ones last. */
export class ScoreList {
  readonly root = element('div', { class: 'scores' });
  readonly #rows = new Map<string, ScoreRow>();
  readonly #groups = new Map<string, Group>();
  readonly #empty = element('p', { class: 'notice' }, 'No matches are on now.');

  readonly #scores: Scores;
  readonly #goals: Goals;
  readonly #horizon: Horizon;
  readonly #openId: string;

  constructor(scores: Scores, goals: Goals, horizon: Horizon, openId: string) {
    [this.#scores, this.#goals, this.#horizon, this.#openId] = [scores, goals, horizon, openId];
  }

  /** Draws the list. The row of the open match has the state of its own log, so that both change in the same frame. */
  paint(open: ShownMatch | undefined, isConnected: boolean): void {
    const groups = new Map<string, ScoreEntry[]>();
    for (const [id, versions] of this.#scores.matches) {
      const own = id === this.#openId ? open : undefined;
      const listed = versions.at(this.#horizon.limit);
      const row = this.#row(versions.latest);
      row.paint(own?.entry ?? listed, own?.clock ?? this.#horizon.clock, isConnected);
      const entry = listed ?? versions.latest;
      const group = this.#groupOf(entry, listed?.phase === 'fullTime');
      groups.set(group, [...groups.get(group) ?? [], entry]);
    }
    for (const [id, row] of this.#rows) {
      if (this.#scores.matches.has(id)) continue;
      row.root.remove();
      this.#rows.delete(id);
    }
    this.#arrange(groups);
  }

  #groupOf(entry: ScoreEntry, isOver: boolean): string {
    if (isOver) return finished;
    return isFavourite(this.#goals.favourites, entry) ? favourites : entry.competition;
  }

  #row(entry: ScoreEntry): ScoreRow {
    const known = this.#rows.get(entry.id);
    if (known) return known;
    const row = new ScoreRow(entry, this.#goals, entry.id === this.#openId);
    this.#rows.set(entry.id, row);
    return row;
  }

  #arrange(groups: ReadonlyMap<string, ScoreEntry[]>): void {
    const names = [...groups.keys()].sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
    const roots = names.map((name) => {
      const { root, list } = this.#group(name);
      const sorted = (groups.get(name) ?? []).sort(name === finished ? byEnd : byKickOff);
      place(list, sorted.map(({ id }) => this.#rows.get(id)?.root).filter((item) => item !== undefined));
      return root;
    });
    place(this.root, roots.length === 0 ? [this.#empty] : roots);
  }

  #group(name: string): Group {
    const known = this.#groups.get(name);
    if (known) return known;
    const title = element('h2');
    const list = element('ul');
    const group = { root: element('section', { class: 'panel' }, element('header', {}, title), list), list };
    setText(title, name);
    this.#groups.set(name, group);
    return group;
  }
}

function rank(group: string): number {
  return group === favourites ? 0 : group === finished ? 2 : 1;
}

function byKickOff(one: ScoreEntry, other: ScoreEntry): number {
  return one.kickOff - other.kickOff || (one.id < other.id ? -1 : 1);
}

function byEnd(one: ScoreEntry, other: ScoreEntry): number {
  return other.time - one.time;
}
