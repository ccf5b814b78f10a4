import { element } from '../../page/element';
import { minuteText } from '../model/clock';
import type { MatchState } from '../model/fold';
import type { Incident, MatchData, Side, Team } from '../model/messages';

/** Both teams: who is on the pitch, who has left it and when, and who is on the bench. */
export class LineUps {
  readonly #columns = [element('div'), element('div')] as const;
  readonly root = element(
    'section',
    { class: 'panel line-ups' },
    element('header', {}, element('h2', {}, 'Line-ups')),
    element('div', { class: 'columns' }, ...this.#columns),
  );

  #drawn: readonly Incident[] | undefined;

  paint(match: MatchData, state: MatchState): void {
    const { incidents } = state;
    const drawn = this.#drawn;
    if (drawn?.length === incidents.length && incidents.every((incident, index) => incident === drawn[index])) return;
    this.#drawn = incidents;
    this.#columns[0].replaceChildren(...team(match.home, 0, state));
    this.#columns[1].replaceChildren(...team(match.away, 1, state));
  }
}

function team({ name, players }: Team, side: Side, { incidents, onPitch, bench }: MatchState): HTMLElement[] {
  const own = incidents.filter((incident) => incident.side === side && incident.state !== 'cancelled');
  const list = (shown: ReadonlySet<number>) => element(
    'ul',
    {},
    ...players.filter(({ number }) => shown.has(number)).map(({ number, name: player }) => element(
      'li',
      {},
      element('span', { class: 'number muted' }, String(number)),
      element('bdi', {}, player),
      element('span', { class: 'muted' }, notes(own, number)),
    )),
  );
  const all = players.map(({ number }) => number);
  const left = new Set(all.filter((number) => !onPitch[side].has(number) && !bench[side].has(number)));
  return [
    element('h3', {}, element('bdi', {}, name)),
    list(onPitch[side]),
    ...(left.size > 0 ? [element('h4', {}, 'Left the pitch'), list(left)] : []),
    element('h4', {}, 'Bench'),
    list(bench[side]),
  ];
}

function notes(incidents: readonly Incident[], number: number): string {
  return incidents.flatMap((incident) => {
    const at = minuteText(incident);
    if (incident.other === number) return incident.type === 'substitution' ? [`on ${at}`] : [];
    if (incident.player !== number) return [];
    switch (incident.type) {
      case 'goal':
      case 'penalty': return [`goal ${at}`];
      case 'ownGoal': return [`own goal ${at}`];
      case 'yellow': return [`yellow ${at}`];
      case 'secondYellow':
      case 'red': return [`red ${at}`];
      case 'substitution': return [`off ${at}`];
      default: return [];
    }
  }).join(', ');
}
