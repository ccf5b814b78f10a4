import '../design/base.css';
import '../design/components.css';
import './news.css';
import { visitorConnection } from '../connection/visitorConnection';
import { Announcer } from '../page/announcer';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { shortcut } from '../page/shortcuts';
import { Title } from '../page/title';
import { toast } from '../page/toasts';
import { Choices } from './choices';
import { Desk } from './desk';
import { Marks } from './marks';
import type { Story } from './model/messages';
import { choiceText, countText, foundText } from './model/words';
import { Search } from './search';
import { Sources } from './sources';
import { BreakingBar } from './view/breakingBar';
import { ChoicePanel } from './view/choicePanel';
import { correctStory, retractStory, writeStory } from './view/deskDialogs';
import { DraftList } from './view/draftList';
import { StoryList } from './view/storyList';
import { Wire } from './wire';

const repaintMilliseconds = 10_000;

const connection = visitorConnection();
const opening = openingNotice(connection, 'Opening the wire…', 'Its stories appear as soon as the connection is open.');
const content = element('main', { class: 'news' }, opening);
const title = new Title(() => wire.stories.waiting.length > 0 ? `(${wire.stories.waiting.length}) Wire · Duplex` : 'Wire · Duplex');
const touch = () => {
  painter.mark(paint);
  title.touch();
};
const announced = element('span', { class: 'unseen', role: 'status' });
const announcer = new Announcer((count, last) => `${count} new stories, the latest: ${last}`, (text) => setText(announced, text));

const choices = new Choices(() => {
  wire.choose(choices.current);
  touch();
});
const marks = new Marks(connection, touch);
const sources = new Sources(connection, touch);
const search = new Search(connection, touch);
const wire = new Wire(connection, {
  changed: touch,
  arrived: (story) => announcer.say(story.breaking ? `Breaking: ${story.title}` : story.title),
  missed: (words) => toast(words, { subject: 'missed' }),
});
const desk = new Desk(connection, take, touch);

const panel = new ChoicePanel((edit) => choices.change(edit));
const drafts = new DraftList(desk);
const list = new StoryList({
  nameOf: sources.nameOf,
  isRead: (id) => marks.isRead(id),
  isOwn: ({ user }) => user !== undefined && user === connection.me.user,
  mark: ({ id }, isRead) => marks.mark([id], isRead),
  correct: (story) => void correctStory(desk, story),
  retract: (story) => void retractStory(desk, story),
});
const bar = new BreakingBar(showBreaking, ({ id }) => marks.mark([id], true));
const field = element('input', { 'type': 'search', 'placeholder': 'Search (/)', 'aria-label': 'Search stories', 'maxlength': '100', 'input': () => search.set(field.value) });
const fresh = element('button', { type: 'button', class: 'button primary fresh', click: showNew });
const older = element('button', { type: 'button', class: 'button', click: () => void wire.page() });
const selected = element('p', { class: 'selected muted' });
const empty = element('p', { class: 'notice' });
const choose = element('button', { 'type': 'button', 'class': 'button choose', 'aria-expanded': 'false', 'click': toggleChoice }, 'Topics and sources');
const tools = element(
  'div',
  { class: 'tools' },
  element('label', { class: 'field' }, field),
  choose,
  element('button', { type: 'button', class: 'button', click: () => marks.mark(shown().map(({ id }) => id), true) }, 'Mark all as read'),
  element('button', { type: 'button', class: 'button', click: () => void writeStory(desk) }, 'Write a story'),
  announced,
);
const column = element('section', { 'class': 'wire-column', 'aria-label': 'Stories' }, selected, element('div', { class: 'fresh-place' }, fresh), drafts.root, list.root, empty, older);
let followed = '';

openPage(connection, content);
connection.onChange(() => {
  const { user } = connection.me;
  if (user !== '' && user !== followed) marks.follow(followed = user);
  touch();
});
wire.choose(choices.current);
setInterval(touch, repaintMilliseconds);
connection.start();

shortcut('j', 'next story', () => list.move(1));
shortcut('k', 'previous story', () => list.move(-1));
shortcut('o', 'open the story', () => list.focused?.open());
shortcut('m', 'mark the story as read or unread', () => list.focused?.toggle());
shortcut('n', 'write a story', () => void writeStory(desk));
shortcut('.', 'show the new stories', showNew);
shortcut('/', 'search stories', () => field.focus());

function shown(): readonly Story[] {
  return search.found ?? wire.stories.shown;
}

function paint(): void {
  if (!wire.isLoaded) return;
  if (opening.isConnected) content.replaceChildren(tools, panel.root, column, bar.root);
  const now = connection.serverNow;
  const stories = shown();
  const waiting = wire.stories.waiting;
  panel.paint(choices.current, sources.all, now);
  drafts.paint(connection.state === 'connected');
  list.paint(stories, now);
  bar.paint([...waiting, ...wire.stories.shown], (id) => marks.isRead(id), now);
  fresh.hidden = waiting.length === 0 || search.found !== undefined;
  setText(fresh, countText(waiting.length));
  selected.hidden = !fresh.hidden || stories.length === 0;
  setText(selected, search.found ? foundText(stories.length) : choiceText(choices.current));
  empty.hidden = stories.length > 0;
  setText(empty, emptyText());
  older.hidden = search.found !== undefined || !wire.stories.hasMore;
  older.disabled = wire.isPaging || connection.state !== 'connected';
  setText(older, wire.isPaging ? 'Loading…' : 'Older stories');
}

function emptyText(): string {
  if (search.problem !== '') return search.problem;
  if (search.found) return 'No story contains these words.';
  return 'No stories of these topics and sources yet: choose more of them, or wait.';
}

function take(story: Story): void {
  wire.take(story);
  search.take(story);
  // One's own story is no surprise.
  if (story.user === connection.me.user) wire.stories.show(story.id);
  touch();
}

/** On a narrow page the choice opens above the stories. */
function toggleChoice(): void {
  const isOpen = choose.getAttribute('aria-expanded') !== 'true';
  choose.setAttribute('aria-expanded', String(isOpen));
  content.classList.toggle('is-choosing', isOpen);
}

function showNew(): void {
  wire.stories.show();
  window.scrollTo({ top: 0 });
  touch();
}

function showBreaking(story: Story): void {
  field.value = '';
  search.set('');
  wire.stories.show(story.id);
  paint();
  marks.mark([story.id], true);
  const item = list.root.querySelector<HTMLElement>(`[data-id="${story.id}"]`);
  item?.scrollIntoView({ block: 'center' });
  item?.focus({ preventScroll: true });
}
