import code from 'code:Sports/SportsEndpoints.cs#match:{id}';
import { keepEntries } from '../connection/entries';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { clockText } from '../sports/model/clock';
import type { ScoreEntry } from '../sports/model/messages';
import { scoreText } from '../sports/model/words';
import { type Application, type Preview, type Start, whileVisible } from './application';
import { showRows } from './rows';

const rows = 4;
const repaintMilliseconds = 1000;
const pace = { pace: { delay_ms: 2000, latest: true } };

export const sports: Application = {
  name: 'Matchday',
  href: '/sports',
  group: 'Watch',
  use: 'Live sports updates',
  sentence: 'Live matches with goals, video reviews and line-ups; a cancelled goal stays in the timeline, and the score falls back.',
  demonstrates: ['scores that are folds of a log', 'favourites filtered on the server', 'a page as late as your television'],
  task: 'open a match of your own, press Goal on a phone, and watch the goal here.',
  code,
  preview,
};

/** The matches that are being played, with the minute and the score. */
function preview({ connection }: Start): Preview {
  const root = element(
    'div',
    { class: 'rows-preview sports-preview' },
    openingNotice(connection, 'Opening the matches…', 'They appear as soon as the connection is open.'),
  );
  const matches = new Map<string, ScoreEntry>();
  const list = connection.client.newMapSubscription('scores:live', { data: pace });
  const paint = () => {
    const { serverNow } = connection;
    const isConnected = connection.state === 'connected';
    const shown = [...matches.values()]
      .sort((one, other) => rank(one) - rank(other) || other.time - one.time)
      .slice(0, rows);
    showRows(root, shown.map((entry) => row(entry, clockText(entry, serverNow, isConnected))));
  };
  keepEntries(list, matches, () => painter.mark(paint));
  let timer: ReturnType<typeof setInterval> | undefined;
  const subscribe = whileVisible(list);
  return {
    root,
    setVisible(isVisible) {
      clearInterval(timer);
      if (isVisible) timer = setInterval(() => matches.size > 0 && painter.mark(paint, false), repaintMilliseconds);
      subscribe(isVisible);
    },
  };
}

function row({ id, home, away, score, phase }: ScoreEntry, clock: string): HTMLElement {
  return element(
    'a',
    { href: `/sports/${encodeURIComponent(id)}` },
    element('span', { class: 'muted number' }, clock),
    element('bdi', {}, home),
    element('strong', { class: 'number' }, phase === 'notStarted' ? '–' : scoreText(score)),
    element('bdi', {}, away),
  );
}

function rank({ phase }: ScoreEntry): number {
  return phase === 'fullTime' ? 2 : phase === 'notStarted' ? 1 : 0;
}
