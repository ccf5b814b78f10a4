import code from 'code:Judge/JudgeEndpoints.cs#best:{problem}';
import { titleOf, type Verdict } from '../judge/model/run';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type Application, type Preview, type Start, whileVisible } from './application';
import { showRows } from './rows';

interface Entry {
  name: string;
  problem: string;
  verdict: Verdict;
}

const rows = 4;

export const judge: Application = {
  name: 'Judge',
  href: '/judge',
  group: 'Why',
  use: 'Why not HTTP: polling as a code judge does',
  sentence: 'Send a program: it is executed in a sandbox, and every step of the run appears here at once.',
  demonstrates: ['each step pushed, none missed', 'the same run polled in three ways', 'hostile programs are contained'],
  task: 'submit a program and read when polling would have shown you the verdict.',
  code,
  preview,
};

/** The latest verdicts. */
function preview({ connection }: Start): Preview {
  const root = element('div', { class: 'rows-preview verdicts-preview' }, openingNotice(connection, 'Opening the judge…', 'Verdicts appear as soon as the connection is open.'));
  let entries: Entry[] = [];
  const paint = () => showRows(root, entries.length > 0 ? entries.map(row) : [empty()]);
  const feed = connection.client.newSubscription('feed:all');
  feed.on('subscribed', ({ data }) => {
    entries = (data as { latest: Entry[] }).latest.slice(0, rows);
    painter.mark(paint);
  });
  feed.on('publication', ({ data }) => {
    entries = [data as Entry, ...entries].slice(0, rows);
    painter.mark(paint);
  });
  return { root, setVisible: whileVisible(feed) };
}

function row({ name, problem, verdict }: Entry): HTMLElement {
  return element(
    'a',
    { href: `/judge/${encodeURIComponent(problem)}` },
    element('bdi', {}, name),
    element('span', { class: 'muted' }, problem.replaceAll('-', ' ')),
    element('span', { 'data-direction': verdict === 'accepted' ? 'up' : 'none' }, titleOf(verdict)),
  );
}

function empty(): HTMLElement {
  return element(
    'p',
    { class: 'notice' },
    element('strong', {}, 'No verdict yet'),
    element('span', {}, 'Be the first to send a program; its verdict appears here.'),
  );
}
