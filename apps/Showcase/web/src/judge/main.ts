import '../design/base.css';
import '../design/components.css';
import './judge.css';
import type { Subscription } from 'centrifuge';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { randomId } from '../page/randomId';
import { forgetForTab, rememberForTab, rememberedForTab } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { Comparison } from './comparison';
import { FeedPanel, type FeedEntry } from './feedPanel';
import { Outgoing, readSent, type Sent } from './model/outgoing';
import { OwnRuns, type RunNotice } from './model/ownRuns';
import { ProblemPanel } from './problemPanel';
import type { Best, Problem, ProblemsReply } from './problems';
import type { ProgramPanel } from './programPanel';
import { RunPanel } from './runPanel';
import { RunsPanel } from './runsPanel';
import { call, complain, connection, follow, stopFollowing } from './server';
import { ShownRun } from './shownRun';

const startingMilliseconds = 3000;
// The editor is a chunk of its own: it loads while the connection opens.
const editorLoads = import('./programPanel');
editorLoads.catch(() => undefined);

let problems: Problem[] = [];
let problem: Problem | undefined;
let program: ProgramPanel | undefined;
let bestSubscription: Subscription | undefined;
let startsLeft = 10;

const runs = new OwnRuns();
const comparison = new Comparison();
const shown = new ShownRun(() => painter.mark(paint), (run, step) => comparison.pushed(run, step));
const outgoing = new Outgoing(
  {
    call: async ({ method, ...sent }) => ((await connection.client.rpc(method, sent)).data as { run: string }).run,
    isConnected: () => connection.state === 'connected',
    keep: (sent) => {
      if (sent) rememberForTab('judge.sending', JSON.stringify(sent));
      else forgetForTab('judge.sending');
      painter.mark(paint);
    },
  },
  (run, { method }) => {
    if (method === 'judge.submit') comparison.start(run);
    shown.show(run);
  },
  complain,
  readSent(rememberedForTab('judge.sending')),
);

const cancel = element('button', { type: 'button', class: 'button', hidden: true, click: giveUp }, 'Cancel');
const edit = element('button', { type: 'button', class: 'button plain', hidden: true, click: editProgram }, 'Edit this program');
const queue = element('p', { class: 'muted number' });
const best = element('ol', { class: 'best' });
const feed = new FeedPanel(titleOfProblem);
const problemPanel = new ProblemPanel((id) => {
  history.pushState(null, '', `/judge/${id}`);
  open(id);
});
const runPanel = new RunPanel(edit, cancel);
const runsPanel = new RunsPanel((run) => shown.show(run), titleOfProblem);
const opening = openingNotice(connection, 'Opening the judge…', 'The problems appear as soon as the connection is open.');
const content = element('main', { class: 'judge' }, opening);

openPage(connection, content);
shortcut('Ctrl+Enter', 'in the program: submit; with Shift: run the samples');
shortcut('Esc, Tab', 'in the program: leave the editor');
shortcut('e', 'write the program', () => program?.focus());
connection.client.on('connected', () => void load());
connection.client.on('publication', ({ channel, data }) => {
  if (channel.startsWith('runs:#')) noticed(data as RunNotice);
});
connection.onChange(() => {
  void outgoing.flush();
  painter.mark(paint);
});
window.addEventListener('popstate', () => open(problemOfPath()));
follow('queue:all', (data) => {
  const { waiting, running } = data as { waiting: number; running: number };
  setText(queue, `${waiting} waiting, ${running} running`);
});
follow('feed:all', (data) => feed.take(data as FeedEntry));
connection.start();

async function load(): Promise<void> {
  const [reply, own] = await Promise.all([
    call<ProblemsReply>('judge.problems', {}),
    call<{ runs: RunNotice[] }>('judge.runs', {}),
  ]);
  if (!reply) return;
  problems = reply.problems;
  feed.repaint();
  if (own) runs.replace(own.runs);
  if (!program) await start();
  if (program) program.state = reply.state;
  // Just after its start the server still checks the sandbox.
  if (!reply.isOn && startsLeft-- > 0) setTimeout(() => void load(), startingMilliseconds);
  painter.mark(paint);
}

async function start(): Promise<void> {
  try {
    const { ProgramPanel: Panel } = await editorLoads;
    program ??= new Panel({ run: () => void send('judge.run'), submit: () => void send('judge.submit') });
  } catch {
    content.replaceChildren(element('p', { class: 'notice whole', role: 'alert' }, element('strong', {}, 'The editor could not be loaded'), element('span', {}, 'Reload the page.')));
    return;
  }
  content.replaceChildren(
    problemPanel.root,
    program.root,
    element(
      'div',
      { class: 'side' },
      runPanel.root,
      comparison.panel.root,
      runsPanel.root,
      element('section', { class: 'panel' }, element('header', {}, element('h2', {}, 'Fastest'), queue), element('div', { class: 'inside' }, best)),
      feed.root,
    ),
  );
  open(problemOfPath());
  const run = rememberedForTab('judge.run') ?? runs.open?.run;
  if (run) shown.show(run);
}

function problemOfPath(): string {
  return decodeURIComponent(location.pathname.split('/')[2] ?? '');
}

function titleOfProblem(id: string): string {
  return problems.find((candidate) => candidate.id === id)?.title ?? id;
}

function open(id: string): void {
  const next = problems.find((candidate) => candidate.id === id) ?? problems[0];
  if (!next || !program) return;
  problem = next;
  problemPanel.paint(problems, next);
  program.open(next);
  followBest(next.id);
  painter.mark(paint);
}

async function send(method: Sent['method']): Promise<void> {
  if (!problem || !program || outgoing.waiting) return;
  const { text: code, language } = program;
  const sent = { method, clientId: randomId(), problem: problem.id, language, code };
  if (language === 'javascript') return outgoing.send(sent);
  try {
    const { stripTypes } = await import('./model/stripTypes');
    const stripped = stripTypes(code);
    if ('script' in stripped) return await outgoing.send({ ...sent, script: stripped.script });
    program.mark(stripped.problem);
    const { line, column, message } = stripped.problem;
    complain(`Line ${line}, column ${column}: ${message}`);
  } catch {
    complain('The part of this page that removes types could not be loaded: try again when the connection is back.');
  }
}

function giveUp(): void {
  if (outgoing.waiting) outgoing.drop();
  else if (shown.run) void call('judge.cancel', { run: shown.run.id });
  painter.mark(paint);
}

function editProgram(): void {
  const { data } = shown;
  if (!data || !program) return;
  if (data.problem !== problem?.id) {
    history.pushState(null, '', `/judge/${data.problem}`);
    open(data.problem);
  }
  program.take(data.code, data.language);
  program.focus();
}

// A program that was sent in another window is shown here too, unless this window shows one that is not done.
function noticed(notice: RunNotice): void {
  if (runs.take(notice) && !notice.verdict && shown.isOver && !outgoing.waiting) shown.show(notice.run);
  painter.mark(paint);
}

function followBest(id: string): void {
  stopFollowing(bestSubscription);
  bestSubscription = follow(`best:${id}`, (data) => {
    const rows = (data as { best: Best[] }).best.map((entry) =>
      element('li', {}, element('bdi', {}, entry.name), element('span', { class: 'number muted' }, ` ${entry.ms} ms`)));
    best.replaceChildren(...(rows.length > 0 ? rows : [element('li', { class: 'muted' }, 'Nobody yet: be the first.')]));
  });
}

function paint(): void {
  const { run, data } = shown;
  const waits = outgoing.waiting !== undefined && connection.state !== 'connected';
  if (waits) runPanel.paintWaiting();
  else if (run) runPanel.paint(run, data ? `${titleOfProblem(data.problem)}${data.samplesOnly ? ', samples only' : ''}` : '');
  runsPanel.paint(runs, run?.id);
  const isSame = data !== undefined && data.code === program?.text;
  const last = run?.last;
  if (isSame && last?.line) program?.mark({ line: last.line, column: last.column ?? 1, message: last.message ?? '' });
  cancel.hidden = !waits && (!run || run.steps.length === 0 || run.isDone);
  edit.hidden = data === undefined || isSame || waits;
  if (program) program.isSendable = outgoing.waiting === undefined;
}
