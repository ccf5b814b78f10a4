import '../design/base.css';
import '../design/components.css';
import './judge.css';
import type { Subscription } from 'centrifuge';
import { accountKey } from '../connection/accountKey';
import { Connection } from '../connection/connection';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { randomId } from '../page/randomId';
import { remember, remembered, rememberForTab, rememberedForTab } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { toast } from '../page/toasts';
import { askStatus, askSteps } from './model/requests';
import { Run, titleOf, type Step, type Verdict } from './model/run';
import { atOnce, backingOff, everySecond, PollingWatch, type Watch } from './model/watch';
import type { Problem, ProblemsReply } from './problems';
import { RunPanel } from './runPanel';
import { WatchPanel } from './watchPanel';

interface RunData {
  problem: string;
  place: number;
  steps: Step[];
}

interface Best {
  name: string;
  ms: number;
}

interface FeedEntry {
  name: string;
  problem: string;
  verdict: Verdict;
  ms: number;
}

interface PushWatch extends Watch {
  run: string;
  seen: Set<number>;
  bodyBytes: number;
  learnedMilliseconds: number | undefined;
}

const feedRows = 8;
const offMilliseconds = 3000;
const name = remembered('name');
const connection = new Connection({ key: accountKey(), ...(name ? { name } : {}) });

let problems: Problem[] = [];
let problem: Problem | undefined;
let run: Run | undefined;
let runSubscription: Subscription | undefined;
let bestSubscription: Subscription | undefined;
let push: PushWatch | undefined;
let polling: PollingWatch[] = [];
let submittedAt = 0;
let wasOff = false;
const feed: FeedEntry[] = [];

const list = element('nav', { 'aria-label': 'Problems', 'class': 'problems' });
const title = element('h2');
const text = element('p');
const samples = element('dl', { class: 'detail' });
const editor = element('textarea', {
  'class': 'number',
  'rows': 18,
  'spellcheck': 'false',
  'autocapitalize': 'off',
  'autocomplete': 'off',
  'aria-label': 'Program',
  'input': () => problem && remember(`judge.${problem.id}`, editor.value),
});
const trial = element('button', { type: 'button', class: 'button', title: 'Run the samples (Ctrl+Shift+Enter)', click: () => void send('judge.run') }, 'Run');
const submit = element('button', { type: 'button', class: 'button primary', title: 'Run every test (Ctrl+Enter)', click: () => void send('judge.submit') }, 'Submit');
const reset = element('button', { type: 'button', class: 'button plain', click: startOver }, 'Start over');
const cancel = element('button', { type: 'button', class: 'button', hidden: true, click: () => run && void call('judge.cancel', { run: run.id }) }, 'Cancel');
const state = element('p', { class: 'muted' });
const queue = element('p', { class: 'muted number' });
const best = element('ol', { class: 'best' });
const latest = element('ul', { class: 'feed' });
const runPanel = new RunPanel(cancel);
const watchPanel = new WatchPanel();
const opening = openingNotice(connection, 'Opening the judge…', 'The problems appear as soon as the connection is open.');
const content = element('main', { class: 'judge' }, opening);

openPage(connection, content);
editor.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  void send(event.shiftKey ? 'judge.run' : 'judge.submit');
});
shortcut('Ctrl+Enter', 'in the program: submit; with Shift: run the samples');
shortcut('e', 'write the program', () => editor.focus());
connection.client.on('connected', () => void load());
connection.onChange(() => painter.mark(paintButtons));
window.addEventListener('popstate', () => open(problemOfPath()));
follow('queue:all', (data) => {
  const { waiting, running } = data as { waiting: number; running: number };
  setText(queue, `${waiting} waiting, ${running} running`);
});
follow('feed:all', (data) => {
  if ('latest' in (data as object)) feed.splice(0, feed.length, ...(data as { latest: FeedEntry[] }).latest);
  else feed.unshift(data as FeedEntry);
  feed.length = Math.min(feed.length, feedRows);
  painter.mark(paintFeed);
});
connection.start();

async function load(): Promise<void> {
  const reply = (await call('judge.problems', {})) as ProblemsReply | undefined;
  if (!reply) return;
  problems = reply.problems;
  setText(state, reply.state);
  // Just after its start the server still checks the sandbox.
  if (!reply.isOn && !wasOff) {
    wasOff = true;
    setTimeout(() => void load(), offMilliseconds);
  }
  if (problem) return;
  content.replaceChildren(...layout());
  open(problemOfPath());
  const kept = rememberedForTab('judge.run');
  if (kept) watchRun(kept);
}

function layout(): HTMLElement[] {
  return [
    element('section', { class: 'panel problem' }, list, element('div', { class: 'inside' }, title, text, samples)),
    element(
      'section',
      { class: 'panel editor' },
      element('header', {}, element('h2', {}, 'JavaScript'), reset, trial, submit),
      editor,
      element('footer', {}, state),
    ),
    element(
      'div',
      { class: 'side' },
      runPanel.root,
      watchPanel.root,
      element('section', { class: 'panel' }, element('header', {}, element('h2', {}, 'Fastest'), queue), element('div', { class: 'inside' }, best)),
      element('section', { class: 'panel' }, element('header', {}, element('h2', {}, 'Latest verdicts')), element('div', { class: 'inside' }, latest)),
    ),
  ];
}

function problemOfPath(): string {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '');
}

function open(id: string): void {
  const next = problems.find((candidate) => candidate.id === id) ?? problems[0];
  if (!next) return;
  problem = next;
  list.replaceChildren(...problems.map(link));
  setText(title, next.title);
  setText(text, `${next.text} (${next.tests} tests)`);
  samples.replaceChildren(...next.samples.flatMap(({ input, expected }) => [
    element('dt', {}, 'Sample'),
    element('dd', { class: 'number' }, `solve(${input.slice(1, -1)}) → ${expected}`),
  ]));
  editor.value = remembered(`judge.${next.id}`) ?? next.starter;
  followBest(next.id);
}

function link(target: Problem): HTMLElement {
  const visit = (event: Event) => {
    event.preventDefault();
    history.pushState(null, '', `/judge/${target.id}`);
    open(target.id);
  };
  return element('a', { 'href': `/judge/${target.id}`, 'aria-current': target === problem ? 'page' : undefined, 'click': visit }, target.title);
}

function startOver(): void {
  if (!problem) return;
  editor.value = problem.starter;
  remember(`judge.${problem.id}`, problem.starter);
}

async function send(method: 'judge.run' | 'judge.submit'): Promise<void> {
  if (!problem || submit.disabled) return;
  const sent = { clientId: randomId(), problem: problem.id, language: 'javascript', code: editor.value };
  const reply = (await call(method, sent)) as { run: string } | undefined;
  if (!reply) return;
  rememberForTab('judge.run', reply.run);
  if (method === 'judge.submit') startWatches(reply.run);
  watchRun(reply.run);
}

/** Calls a method. An error is shown, and the result is then undefined. */
async function call(method: string, data: unknown): Promise<unknown> {
  try {
    return (await connection.client.rpc(method, data)).data;
  } catch (error) {
    toast((error as Error).message || 'The server did not answer: try again.', { kind: 'bad', subject: 'judge' });
    return undefined;
  }
}

function watchRun(id: string): void {
  stopFollowing(runSubscription);
  const watched = run = new Run(id);
  const subscription = runSubscription = connection.client.newSubscription(`run:${id}`);
  connection.countRecovered(subscription);
  subscription.on('subscribed', ({ data, recovered }) => {
    const { place, steps } = data as RunData;
    if (!recovered) watched.replace(place, steps);
    for (const step of steps) seen(id, step);
    painter.mark(paintRun);
  });
  subscription.on('publication', ({ data }) => {
    if ('place' in (data as object)) watched.place = (data as { place: number }).place;
    else {
      watched.add(data as Step);
      seen(id, data as Step);
    }
    painter.mark(paintRun);
  });
  subscription.on('unsubscribed', ({ code }) => {
    // The server has removed the run, or it is another's.
    if (code >= 100) rememberForTab('judge.run', '');
  });
  subscription.subscribe();
}

function startWatches(id: string): void {
  for (const watch of polling) watch.stop();
  // All ways are measured from the same moment.
  submittedAt = performance.now();
  push = { run: id, name: 'Push (this page)', requests: 0, bodyBytes: 0, seen: new Set(), learnedMilliseconds: undefined };
  polling = [
    new PollingWatch('Polling, each second', askStatus(id), everySecond),
    new PollingWatch('Polling, backing off', askStatus(id), backingOff),
    new PollingWatch('Long polling', askSteps(id), atOnce),
  ];
  for (const watch of polling) void watch.start(() => painter.mark(paintWatches));
  painter.mark(paintWatches);
}

function seen(id: string, step: Step): void {
  if (push?.run !== id || push.seen.has(step.n)) return;
  push.seen.add(step.n);
  push.bodyBytes += new TextEncoder().encode(JSON.stringify(step)).length;
  if (step.state === 'done') push.learnedMilliseconds = performance.now() - submittedAt;
  painter.mark(paintWatches);
}

function followBest(id: string): void {
  stopFollowing(bestSubscription);
  bestSubscription = follow(`best:${id}`, (data) => {
    const rows = (data as { best: Best[] }).best.map((entry) => element('li', {}, element('bdi', {}, entry.name), element('span', { class: 'number muted' }, ` ${entry.ms} ms`)));
    best.replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'muted' }, 'Nobody yet: be the first.')]));
  });
}

/** Follows a channel whose subscribe data is its state and whose publications replace or extend it. */
function follow(channel: string, take: (data: unknown) => void): Subscription {
  const subscription = connection.client.newSubscription(channel);
  subscription.on('subscribed', ({ data }) => {
    if (data !== undefined && data !== null) take(data);
  });
  subscription.on('publication', ({ data }) => take(data));
  subscription.subscribe();
  return subscription;
}

function stopFollowing(subscription: Subscription | undefined): void {
  if (!subscription) return;
  subscription.unsubscribe();
  connection.client.removeSubscription(subscription);
}

function paintRun(): void {
  if (!run) return;
  runPanel.paint(run);
  paintButtons();
}

function paintWatches(): void {
  if (push) watchPanel.paint([push, ...polling], push.seen.size);
}

function paintFeed(): void {
  latest.replaceChildren(...feed.map(({ name: who, problem: id, verdict }) => element(
    'li',
    {},
    element('bdi', {}, who),
    element('span', { class: 'muted' }, ` ${problems.find((candidate) => candidate.id === id)?.title ?? id}: `),
    titleOf(verdict),
  )));
}

function paintButtons(): void {
  const isAway = connection.state !== 'connected';
  trial.disabled = submit.disabled = isAway;
  cancel.hidden = run === undefined || run.steps.length === 0 || run.isDone;
}
