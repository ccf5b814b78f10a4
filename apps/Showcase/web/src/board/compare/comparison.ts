import { accountKey } from '../../connection/accountKey';
import type { Connection } from '../../connection/connection';
import { lineApi } from '../../line/lineApi';
import { direct, profiles } from '../../line/profiles';
import { element, setText } from '../../page/element';
import type { Board } from '../board';
import { Reader, type ReaderPlan } from './reader';
import { ReaderView } from './readerView';

const measureMilliseconds = 1000;
const listLength = 30;
const maxSeconds = 300;

const modem = (profiles.find(({ id }) => id === 'modem') ?? direct).settings ?? {};

const plans: readonly ReaderPlan[] = [
  { id: 'good', title: 'Good line', settings: {}, channel: 'board:all' },
  { id: 'modem', title: 'Modem, latest prices', settings: modem, channel: 'board:all' },
  { id: 'queue', title: 'Modem, every quote queued', settings: modem, channel: 'board-queued:all' },
];

/** Creates the comparison: the same 30 busiest instruments on three lines, each with a connection of its own. */
export function comparison(connection: Connection, { table, watched }: Board): HTMLElement {
  const button = element('button', { type: 'button', class: 'button primary' }, 'Start');
  const about = element(
    'p',
    { class: 'muted' },
    'The 30 busiest instruments, read three times at full rate: on a good line, on a modem (4 kB/s) that is sent the latest price of each, '
    + 'and on a modem for which every quote is queued.',
  );
  const readers = element('div', { class: 'readers' });
  const root = element(
    'section',
    { 'class': 'panel compare', 'aria-label': 'Side by side' },
    element('header', {}, element('h2', {}, 'Side by side'), button),
    element('div', { class: 'inside' }, about, readers),
  );
  if (!connection.hasLines) {
    button.hidden = true;
    setText(about, 'The comparison needs lines, which the server opens for browsers on its own machine: open this page at localhost.');
    return root;
  }
  const api = lineApi(accountKey);
  let running: { readers: Reader[]; timer: ReturnType<typeof setInterval> } | undefined;
  const stop = () => {
    if (!running) return;
    clearInterval(running.timer);
    for (const reader of running.readers) reader.stop();
    running = undefined;
    setText(button, 'Start');
  };
  const start = () => {
    const busiest = [...table.rows.values()].sort((a, b) => b.perSecond - a.perSecond);
    const symbols = busiest.slice(0, listLength).map(({ symbol }) => symbol);
    const made = plans.map((plan) => new Reader(plan, api, accountKey()));
    const views = made.map((reader) => new ReaderView(reader));
    readers.replaceChildren(...views.map((view) => view.root));
    const draw = () => {
      for (const view of views) view.draw((time) => connection.ageOf(time));
    };
    let seconds = 0;
    const timer = setInterval(() => {
      for (const reader of made) void reader.measure();
      draw();
      if (++seconds === maxSeconds) stop();
    }, measureMilliseconds);
    running = { readers: made, timer };
    setText(button, 'Stop');
    draw();
    for (const reader of made) void reader.start(symbols);
  };
  watched.onLeft = (client) => running?.readers.forEach((reader) => void reader.left(client));
  button.addEventListener('click', () => (running ? stop() : start()));
  window.addEventListener('pagehide', stop);
  return root;
}
