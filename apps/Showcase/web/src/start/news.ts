import code from 'code:News/NewsEndpoints.cs#news:wire';
import type { StoriesData, Story, StoryEvent } from '../news/model/messages';
import { Stories } from '../news/model/stories';
import { agoText } from '../news/model/words';
import { element, setData, setText } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type Application, type Preview, type Start, whileVisible } from './application';

const rows = 3;

export const news: Application = {
  name: 'Wire',
  href: '/news',
  group: 'Watch',
  use: 'News feeds',
  sentence: 'Headlines of your topics as they arrive; corrections and retractions reach the pages that show the story already.',
  demonstrates: ['a filter that recovery obeys', 'corrections on open pages', 'RSS and Atom in, Atom out'],
  task: 'write a story, retract it, and watch it being struck out in a second window.',
  code,
  preview,
};

/** The latest headlines. */
function preview({ connection }: Start): Preview {
  const root = element(
    'div',
    { class: 'rows-preview news-preview' },
    openingNotice(connection, 'Opening the wire…', 'Headlines appear as soon as the connection is open.'),
  );
  const stories = new Stories();
  const views = Array.from({ length: rows }, row);
  const paint = () => {
    const shown = stories.shown.slice(0, rows);
    if (root.childElementCount !== shown.length || root.firstElementChild !== views[0]?.root)
      root.replaceChildren(...views.slice(0, shown.length).map((view) => view.root));
    for (const [index, story] of shown.entries()) views[index]?.paint(story, connection.serverNow);
  };
  const wire = connection.client.newSubscription('news:wire');
  wire.on('subscribed', ({ data, wasRecovering, recovered }) => {
    if (wasRecovering && recovered) return;
    stories.begin((data as StoriesData).stories, false);
    painter.mark(paint);
  });
  wire.on('publication', ({ data }) => {
    stories.take((data as StoryEvent).story);
    stories.show();
    painter.mark(paint);
  });
  return { root, setVisible: whileVisible(wire) };
}

/** Creates a row, which keeps the focus when its story changes. */
function row(): { root: HTMLElement; paint: (story: Story, now: number) => void } {
  const title = element('bdi');
  const age = element('span', { class: 'muted' });
  const root = element('a', { href: '/news' }, title, age);
  const paint = (story: Story, now: number) => {
    setText(title, story.title);
    setText(age, agoText(story.time, now));
    setData(root, 'retracted', String(story.retracted !== undefined));
    title.lang = story.lang ?? '';
  };
  return { root, paint };
}
