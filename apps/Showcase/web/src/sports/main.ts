import '../design/base.css';
import '../design/components.css';
import './sports.css';
import { visitorConnection } from '../connection/visitorConnection';
import { Announcer } from '../page/announcer';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { remember, remembered } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { Title } from '../page/title';
import { toast } from '../page/toasts';
import { Goals } from './goals';
import { fold } from './model/fold';
import { Held } from './model/held';
import { Horizon } from './model/horizon';
import { type Incident, isReviewable } from './model/messages';
import { nameOf, newsOf, scoreText } from './model/words';
import { OpenMatch } from './openMatch';
import { Reports } from './reports';
import { Scores } from './scores';
import { delayControl } from './view/delayControl';
import { MatchView, type ShownMatch } from './view/matchView';
import { openForm } from './view/openForm';
import { ScoreList } from './view/scoreList';

const tickMilliseconds = 1000;
const setting = 'sports-delay';

const connection = visitorConnection();
const id = decodeURIComponent(location.pathname.split('/')[2] ?? '');
const horizon = new Horizon(() => connection.serverNow, Number(remembered(setting) ?? 0));
const title = new Title(titleText);
const touch = () => {
  painter.mark(paint);
  title.touch();
};

let view: MatchView | undefined;
let watching: Record<string, number> = {};
let shown: ShownMatch | undefined;

const goals = new Goals(connection, horizon, touch);
const scores = new Scores(connection, touch);
const list = new ScoreList(scores, goals, horizon, id);
const sound = element('button', { type: 'button', class: 'button plain', click: () => switchSound() });
const following = element('span', { class: 'muted following' });
const announced = element('span', { class: 'unseen', role: 'status' });
const announcer = new Announcer((count, last) => `${count} incidents, the latest: ${last}`, (text) => setText(announced, text));
const news = new Held<Incident>();
const missed = new Held<string>();
const tools = element('div', { class: 'tools' }, delayControl(horizon, changeDelay), following, sound, announced);
const opening = openingNotice(connection, 'Opening the matches…', 'They appear as soon as the connection is open.');
const content = element('main', { class: id === '' ? 'sports' : 'sports has-match' }, opening);
const place = element('div', { class: 'match-place' }, element('p', { class: 'notice' }, 'Opening the match…'));
const reports = new Reports(connection, id, (reason) => toast(reason, { kind: 'bad', subject: 'report' }), touch);
const open = id === '' ? undefined : openMatch();

openPage(connection, content);
followWatching();
connection.onChange(touch);
setInterval(tick, tickMilliseconds);
shortcut('s', 'sound for your favourites on or off', switchSound);
if (id !== '') shortcut('a', 'all matches', () => location.assign('/sports'));
paintSound();
connection.start();

function openMatch(): OpenMatch {
  return new OpenMatch(connection, id, {
    changed: touch,
    arrived: (entry) => news.add(entry.time, entry),
    // While the picture is late, the sentence would be ahead of it.
    missed: (words) => missed.add(connection.serverNow, words),
    failed: (reason) => {
      view = undefined;
      place.replaceChildren(element(
        'p',
        { class: 'notice' },
        element('strong', {}, 'The match was not opened'),
        element('span', {}, `${reason} `, element('a', { href: '/sports' }, 'See all matches.')),
      ));
    },
  });
}

/** A hidden page draws no frames, but its title, toasts and sound go on. */
function tick(): void {
  if (document.visibilityState === 'hidden') paint();
  touch();
}

function paint(): void {
  if (!scores.isLoaded) return;
  if (opening.isConnected) showContent();
  scores.forget(connection.serverNow);
  const isConnected = connection.state === 'connected';
  if (open?.data) {
    if (!view) {
      view = new MatchView(open.data, { open, goals, horizon, reports, changed: touch });
      place.replaceChildren(view.root);
    }
    for (const words of missed.take(horizon.limit)) view.missed(words);
    const isStale = !isConnected && connection.lostAt > 0;
    const stale = isStale ? Math.round((Date.now() - connection.lostAt) / 1000) : undefined;
    shown = view.paint(open.data, stale, watching[id] ?? 0);
    announce(open);
    if (view.isReplaying) requestAnimationFrame(() => setTimeout(touch, 100));
  }
  list.paint(shown, isConnected);
  const { matches, teams } = goals.favourites;
  setText(following, goals.isFollowing ? `Goals of ${countOf(matches.length + teams.length)} are reported here` : '');
  goals.report();
}

function showContent(): void {
  const listed = element('div', { class: 'list' }, list.root, ...(id === '' ? [openForm(connection)] : []));
  const all = element('a', { class: 'button', href: '/sports' }, 'All matches');
  if (id === '') content.replaceChildren(tools, listed);
  else content.replaceChildren(element('div', { class: 'top' }, all, tools), place, listed);
}

/** Announces goals, reviews, red cards and phases of the open match to screen readers, and nothing else. */
function announce({ data, log }: OpenMatch): void {
  if (!data) return;
  for (const entry of news.take(horizon.limit)) {
    if (entry.type !== 'phase' && !isReviewable(entry)) continue;
    const { score } = fold(data, log, entry.time);
    const person = nameOf(data, entry.side, entry.player);
    announcer.say(newsOf({ home: data.home.name, away: data.away.name, score, incident: entry, name: person }));
  }
}

function countOf(favourites: number): string {
  return favourites === 1 ? '1 favourite' : `${favourites} favourites`;
}

function changeDelay(): void {
  remember(setting, String(horizon.seconds));
  touch();
}

function switchSound(): void {
  goals.setLoud(!goals.isLoud);
  paintSound();
}

function paintSound(): void {
  setText(sound, goals.isLoud ? 'Sound on' : 'Sound off');
  sound.setAttribute('aria-pressed', String(goals.isLoud));
  sound.title = 'A whistle for the goals of your favourites';
}

function titleText(): string {
  if (goals.title !== '') return goals.title;
  if (!shown) return 'Matchday · Duplex';
  const { home, away, score } = shown.entry;
  return `${home} ${scoreText(score)} ${away} · Duplex`;
}

function followWatching(): void {
  const subscription = connection.client.newSubscription('watching:all');
  const take = ({ data }: { data?: unknown }) => {
    watching = (data ?? {}) as Record<string, number>;
    touch();
  };
  subscription.on('subscribed', take);
  subscription.on('publication', take);
  subscription.subscribe();
}
