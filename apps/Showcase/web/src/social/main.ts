import '../design/base.css';
import '../design/components.css';
import '../conversation/composer.css';
import './social.css';
import { visitorConnection } from '../connection/visitorConnection';
import { Composer } from '../conversation/composer';
import { keptOutbox } from '../conversation/keptOutbox';
import type { Message, Pending } from '../conversation/message';
import { shownName } from '../conversation/names';
import { Announcer } from '../page/announcer';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { remember, remembered } from '../page/settings';
import { shortcut } from '../page/shortcuts';
import { Tabs } from '../page/tabs';
import { Title } from '../page/title';
import { toast } from '../page/toasts';
import { Aside } from './aside';
import { Feed } from './feed';
import type { Entry, Post } from './model/messages';
import { newPosts } from './model/words';
import { Notifications } from './notifications';
import { ProfileView } from './profileView';
import { Square } from './square';
import { ThreadView } from './threadView';
import { PendingList } from './view/pendingList';
import { longestPost } from './view/postMenu';
import { TimelineView } from './view/timelineView';

const agePaintMilliseconds = 30_000;
const room = 'square';
const tabSetting = 'square-tab';

const [, , place = '', id = ''] = location.pathname.split('/').map(decodeURIComponent);
const tag = new URLSearchParams(location.search).get('tag')?.toLowerCase();
const thread = place === 'post' ? Number(id) : undefined;
const user = place.startsWith('@') ? place.slice(1) : undefined;

const connection = visitorConnection();
const touch = () => {
  painter.mark(paint);
  title.touch();
};
const timelines = new Map<string, TimelineView>();
let notifications: Notifications | undefined;
let threadView: ThreadView | undefined;
let profile: ProfileView | undefined;
let chosen = '';

const title = new Title(titleText);
const square = new Square(connection, {
  changed: touch,
  refused: (reason) => toast(reason, { kind: 'bad', subject: 'mark' }),
  hidden: (hidden) => {
    for (const { feed } of timelines.values())
      feed.timeline.remove((entry) => feed.of !== `@${hidden}` && (entry.user === hidden || entry.post.user === hidden));
    threadView?.hide(hidden);
  },
  withdrawn: (entry) => {
    for (const view of timelines.values()) view.withdrawn(entry);
  },
});
const outbox = keptOutbox('square.', connection, send, () => undefined, touch);
const pending = new PendingList(outbox, room);
const composer = new Composer('', {
  send: (text) => outbox.put(room, text),
  typed: () => undefined,
  left: () => undefined,
  cancelled: () => undefined,
  editLast: () => undefined,
  names: () => [],
}, longestPost);
const announced = element('span', { class: 'unseen', role: 'status' });
const announcer = new Announcer((count) => newPosts(count), (text) => setText(announced, text));
const aside = new Aside(square);
const main = element('div', { class: 'column' });
const opening = openingNotice(connection, 'Opening the square…', 'The posts appear as soon as the connection is open.');
const content = element('main', { class: 'social' }, opening);

composer.setOpen(true, 'What is new?');
composer.setLabel('Post');
openPage(connection, content);
connection.client.once('connected', open);
connection.client.on('connected', () => void outbox.flush());
connection.onChange(touch);
setInterval(touch, agePaintMilliseconds);
shortcut('n', 'write a post or a reply', () => (threadView?.composer ?? composer).focus());
shortcut('.', 'show the new posts', () => timelines.get(chosen)?.reveal());
shortcut('j', 'next post', () => timelines.get(chosen)?.step(1));
shortcut('k', 'previous post', () => timelines.get(chosen)?.step(-1));
shortcut('Enter', 'in the field: post; with Shift: a new line');
square.start();
connection.start();

function open(): void {
  notifications = new Notifications(square, touch);
  if (thread !== undefined) openThread(thread);
  else if (user !== undefined) openPerson(user);
  else if (tag !== undefined) openTag(tag);
  else openTimelines();
  content.replaceChildren(main, aside.root, announced);
  touch();
}

function openThread(root: number): void {
  threadView = new ThreadView(square, root, outbox, touch);
  main.append(back('Thread', threadView.here), threadView.root);
}

function openPerson(person: string): void {
  profile = new ProfileView(square, person);
  main.append(back('Person'), profile.root, timeline(`@${person}`, 'Posts of this person', 'This person has no posts.').root);
}

function openTag(name: string): void {
  main.append(back(`#${name}`), timeline(`#${name}`, `Posts with #${name}`, 'No post has this tag.').root);
}

function openTimelines(): void {
  const tabs = new Tabs('Timelines', [
    { id: 'all', title: 'Everybody' }, { id: 'home', title: 'Home' }, { id: 'notifications', title: 'Notifications' },
  ], choose);
  const views = notifications ? [notifications.root] : [];
  main.append(element('h2', { class: 'unseen' }, 'Timelines'), tabs.root, element('section', { 'class': 'write panel', 'aria-label': 'Write a post' }, composer.root, pending.root), ...views);
  const asked = new URLSearchParams(location.search).get('view');
  const start = asked ?? remembered(tabSetting) ?? 'all';
  tabs.choose(['all', 'home', 'notifications'].includes(start) ? start : 'all');
}

/** Shows a timeline or the notifications; a timeline that was shown once stays up to date. */
function choose(tab: string): void {
  chosen = tab;
  if (tab !== 'notifications') remember(tabSetting, tab);
  if (tab === 'all' && !timelines.has(tab)) main.append(timeline('all', 'Posts of everybody', 'Nobody has posted yet. Write the first post.').root);
  if (tab === 'home' && !timelines.has(tab))
    main.append(timeline('home', 'Posts of the people you follow', 'Your home is empty. Follow people in the menu (⋯) of their posts: what they post and repost appears here.').root);
  for (const [of, view] of timelines) view.root.hidden = of !== tab;
  if (notifications) notifications.root.hidden = tab !== 'notifications';
  if (tab === 'notifications') void notifications?.read();
  touch();
}

function timeline(of: string, label: string, empty: string): TimelineView {
  const feed = new Feed(square, of, {
    changed: touch,
    arrived: ({ post }) => {
      outbox.settle(post.clientId);
      if (of === chosen) announcer.say(`New post of ${shownName(post.name)}`);
    },
    missed: (words) => toast(words, { subject: `missed ${of}` }),
    failed: (reason) => toast(reason, { kind: 'bad', subject: 'page' }),
  });
  const view = new TimelineView(square, feed, label, empty);
  timelines.set(of, view);
  if (chosen === '' && of !== 'all' && of !== 'home') chosen = of;
  feed.subscription.subscribe();
  return view;
}

function back(words: string, ...more: HTMLElement[]): HTMLElement {
  return element('div', { class: 'back' }, element('a', { class: 'button', href: '/social' }, '← Square'), element('h2', {}, words), ...more);
}

/** Posts what waits in the outbox; the outbox needs the text and the ids of a message alone. */
async function send({ text, clientId, replyTo, room: to }: Pending): Promise<Message> {
  const { post } = await square.call<{ post: Post }>('post', { text, clientId, ...(replyTo === undefined ? {} : { replyTo }) });
  const entry: Entry = { id: post.id, user: post.user, name: post.name, post };
  square.book.take(post, true);
  if (to === threadView?.room) threadView.take(post);
  else if (post.thread === undefined && !post.deleted) for (const view of timelines.values()) view.feed.takeOwn(entry);
  return { id: post.id, room: to, user: post.user, name: post.name, text: post.text, time: post.time, clientId };
}

function paint(): void {
  const isConnected = connection.state === 'connected';
  for (const [of, view] of timelines) if (of === chosen) view.paint();
  threadView?.paint();
  threadView?.pending.paint(isConnected);
  pending.paint(isConnected);
  profile?.paint();
  aside.paint();
  paintNotifications();
  square.tidy(() => new Set([...timelines.values()].flatMap((view) => view.posts).concat(threadView?.posts ?? [])));
}

function paintNotifications(): void {
  const unread = notifications?.unread ?? 0;
  const tab = main.querySelector('[data-tab=notifications]');
  if (tab) setText(tab, unread > 0 ? `Notifications (${unread})` : 'Notifications');
  if (chosen === 'notifications') notifications?.paint();
}

function titleText(): string {
  const waiting = (timelines.get(chosen)?.feed.timeline.waiting ?? 0) + (notifications?.unread ?? 0);
  return `${waiting > 0 ? `(${waiting}) ` : ''}Square · Duplex`;
}
