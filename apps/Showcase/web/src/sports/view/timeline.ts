import { element, setData, setText } from '../../page/element';
import { minuteText } from '../model/clock';
import { type MatchState, opposite } from '../model/fold';
import { type Incident, isReviewable, type MatchData, type Side } from '../model/messages';
import { nameOf, standingOf, titleOf } from '../model/words';

/** What a scout does with an incident. */
export type Decide = (type: 'review' | 'confirm' | 'cancel', of: number) => void;

interface Item {
  readonly root: HTMLElement;
  paint(incident: Incident, delay: number | undefined): void;
}

/** The incidents of a match, the newest first. A cancelled one stays in its place, struck through, with the reason. */
export class Timeline {
  readonly #list = element('ol', { class: 'timeline', reversed: true });
  readonly #empty = element('p', { class: 'notice' }, 'The match has not begun.');
  readonly root = element('section', { class: 'panel incidents' }, element('header', {}, element('h2', {}, 'Timeline')), this.#list);
  readonly #items = new Map<number, Item>();
  readonly #decide: Decide | undefined;

  constructor(decide: Decide | undefined) {
    this.#decide = decide;
  }

  paint(match: MatchData, { incidents }: MatchState, delays: ReadonlyMap<number, number>): void {
    const shown = new Set(incidents.map(({ id }) => id));
    for (const [id, { root }] of this.#items) {
      if (shown.has(id)) continue;
      root.remove();
      this.#items.delete(id);
    }
    const newest = [...incidents].reverse();
    newest.forEach((incident, index) => {
      let item = this.#items.get(incident.id);
      if (!item) {
        item = makeItem(match, incident, this.#decide);
        this.#items.set(incident.id, item);
      }
      item.paint(incident, delays.get(incident.id));
      const there = this.#list.children[index] ?? null;
      if (there !== item.root) this.#list.insertBefore(item.root, there);
    });
    if (newest.length === 0) this.root.append(this.#empty);
    else this.#empty.remove();
  }
}

function makeItem(match: MatchData, made: Incident, decide: Decide | undefined): Item {
  const { id, side, type, minute, extra, added } = made;
  const title = element('strong');
  const standing = element('span', { class: 'standing' });
  const late = element('span', { class: 'muted number late' });
  const buttons = element('span', { class: 'decisions' });
  const isTeam = side !== undefined && type !== 'phase';
  const scoring = type === 'ownGoal' ? opposite(side as Side) : side;
  const root = element(
    'li',
    { 'data-type': type, 'data-side': isTeam ? String(scoring) : '' },
    element('span', { class: 'number minute' }, type === 'phase' || added !== undefined ? '' : minuteText({ minute, extra })),
    element('span', { class: 'what' }, title, ' ', element('bdi', {}, isTeam ? whoText(match, made) : ''), ' ', standing, buttons),
    late,
  );
  let drawn: Incident | undefined;
  const paint = (incident: Incident, delay: number | undefined) => {
    setText(late, delay === undefined ? '' : `${Math.round(delay)} ms`);
    late.title = delay === undefined ? '' : 'The time from the incident on the server to this page';
    if (drawn === incident) return;
    drawn = incident;
    setText(title, titleOf(incident));
    setText(standing, standingOf(incident));
    setData(root, 'state', incident.state);
    buttons.replaceChildren(...decisions(incident, decide));
  };
  root.dataset.id = String(id);
  return { root, paint };
}

function decisions(incident: Incident, decide: Decide | undefined): HTMLElement[] {
  if (!decide || !isReviewable(incident) || incident.state === 'cancelled') return [];
  const button = (text: string, type: Parameters<Decide>[0]) =>
    element('button', { type: 'button', class: 'button', click: () => decide(type, incident.id) }, text);
  return incident.state === 'active'
    ? [button('Review', 'review')]
    : [button('Confirm', 'confirm'), button('Cancel it', 'cancel')];
}

function whoText(match: MatchData, { side, type, player, other }: Incident): string {
  const name = nameOf(match, side, player);
  const second = other === undefined ? '' : nameOf(match, side, other);
  const team = side === 1 ? match.away.name : match.home.name;
  if (type === 'substitution') return `${second} for ${name}, ${team}`;
  return second === '' ? `${name}, ${team}` : `${name} (assist: ${second}), ${team}`;
}
