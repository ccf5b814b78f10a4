import '../design/base.css';
import '../design/components.css';
import './stage.css';
import { visitorConnection } from '../connection/visitorConnection';
import { element, setText } from '../page/element';
import { openPage } from '../page/head';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { shortcut } from '../page/shortcuts';
import { Tabs } from '../page/tabs';
import { Title } from '../page/title';
import { Stage } from './stage';
import { PollPanel } from './view/pollPanel';
import { QuestionPanel } from './view/questionPanel';
import { ReactionBar } from './view/reactionBar';
import { Screen } from './view/screen';
import { SlideView } from './view/slideView';
import { Speaker } from './view/speaker';
import { TalkPanel } from './view/talkPanel';

const connection = visitorConnection();
const stage = new Stage(connection, decodeURIComponent(location.pathname.split('/')[2] || 'main'));
const content = element('main', { class: 'stage-page' }, openingNotice(connection, 'Opening the stage…', 'It appears as soon as the connection is open.'));
openPage(connection, content);

const mark = () => painter.mark(paint);
const screen = new Screen(stage, mark);
const slides = new SlideView(stage);
const speaker = new Speaker(stage, slides);
const bar = new ReactionBar(stage);
const panels = { questions: new QuestionPanel(stage), poll: new PollPanel(stage), talk: new TalkPanel(stage) };
const titles = { questions: 'Questions', poll: 'Poll', talk: 'Chat' };
const panel = element('div', { 'class': 'tab', 'role': 'tabpanel', 'aria-label': 'Audience' });
const tabs = new Tabs('Audience', Object.entries(titles).map(([id, title]) => ({ id, title })), (id) => {
  panel.replaceChildren(panels[id as keyof typeof panels].root);
  mark();
});
tabs.choose('questions');

const title = element('h2');
const by = element('p', { class: 'muted by' });
const stages = element('nav', { 'aria-label': 'Stages', 'class': 'stages' });
const view = element(
  'div',
  { class: 'stage' },
  element(
    'section',
    { class: 'panel show' },
    element('header', {}, title, by, speaker.start),
    element('div', { class: 'pair' }, slides.root, screen.root),
    speaker.root,
    bar.root,
    stages,
  ),
  element('section', { class: 'panel audience' }, element('header', {}, tabs.root), panel),
);

const tabTitle = new Title(() => stage.show ? `${stage.show.title} · Stage · Duplex` : '');
stage.onChange(mark);
connection.onChange(mark);
stage.open();
connection.start();
shortcut('m', 'turn the sound of the stage on or off', () => void screen.toggleSound());
shortcut('→', 'on stage: next slide, and ← for the one before');

function paint(): void {
  tabTitle.touch();
  if (stage.problem !== '') {
    content.replaceChildren(element(
      'p',
      { class: 'notice whole' },
      element('strong', {}, 'The stage was not opened'),
      element('span', {}, `${stage.problem} `, element('a', { href: '/webinar' }, 'Open the main stage.')),
    ));
    return;
  }
  if (!stage.isLoaded) return;
  if (!view.isConnected) content.replaceChildren(view);
  const { show, mood, poll } = stage;
  setText(title, show?.title ?? stage.stages.find((entry) => entry.stage === stage.id)?.title ?? '');
  const people = `${mood.viewers} ${mood.viewers === 1 ? 'window' : 'windows'} open`;
  setText(by, show ? `${show.name} · ${people}` : `Nobody is on stage: a recorded test card · ${people}`);
  if (stages.childElementCount === 0)
    stages.replaceChildren(...stage.stages.map((entry) => element(
      'a',
      { 'href': `/webinar/${entry.stage}`, 'aria-current': entry.stage === stage.id ? 'page' : undefined },
      entry.title,
    )));
  slides.paint(speaker.isOn ? undefined : screen.watcher?.mediaAt());
  screen.paint();
  speaker.paint();
  bar.paint();
  panels[tabs.chosen as keyof typeof panels].paint();
  tabs.rename('questions', stage.questions.size === 0 ? titles.questions : `${titles.questions} (${stage.questions.size})`);
  tabs.rename('poll', poll?.isOpen ? `${titles.poll} (open)` : titles.poll);
}
