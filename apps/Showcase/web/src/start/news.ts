import code from 'code:News/NewsEndpoints.cs#news:wire';
import type { StoriesData, Story, StoryEvent } from '../news/model/messages';
import { Stories } from '../news/model/stories';
import { agoText } from '../page/ago';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type Application, type Preview, type Start, whileVisible } from './application';
import { showRows } from './rows';

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
  const paint = () => showRows(root, stories.shown.slice(0, rows).map((story) => row(story, connection.serverNow)));
  const wire = connection.client.newSubscription('news:wire', { data: { limit: rows } });
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

function row({ title, lang = '', time, retracted }: Story, now: number): HTMLElement {
  return element(
    'a',
    { 'href': '/news', 'data-retracted': String(retracted !== undefined) },
    element('bdi', { lang }, title),
    element('span', { class: 'muted' }, agoText(time, now)),
  );
}
