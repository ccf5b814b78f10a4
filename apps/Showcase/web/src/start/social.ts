import code from 'code:Social/SocialEndpoints.cs#counts:posts';
import { shownName } from '../conversation/names';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import type { Entry, Page } from '../social/model/messages';
import { type Application, type Preview, type Start, whileVisible } from './application';
import { showRows } from './rows';

const rows = 3;
const pace = { pace: { delay_ms: 2000, latest: true } };

export const social: Application = {
  name: 'Square',
  href: '/social',
  group: 'Watch',
  use: 'Social media updates',
  sentence: 'Short posts whose likes count live, in timelines that name every gap; nothing moves while you read.',
  demonstrates: ['counters of what is on the screen, by shared poll', 'gaps with their exact size', 'likes as states: never counted twice'],
  task: 'open it twice, post in one window, and like the post in the other.',
  code,
  preview,
};

/** The latest posts of everybody. */
function preview({ connection }: Start): Preview {
  const root = element(
    'div',
    { class: 'rows-preview square-preview' },
    openingNotice(connection, 'Opening the square…', 'The posts appear as soon as the connection is open.'),
  );
  let latest: Entry[] = [];
  const subscription = connection.client.newSubscription('square:all', { data: { limit: rows, ...pace } });
  const paint = () => showRows(root, latest.map(row));
  subscription.on('subscribed', ({ data }) => {
    latest = (data as Page).entries;
    painter.mark(paint);
  });
  subscription.on('publication', ({ data }) => {
    latest = [(data as { entry: Entry }).entry, ...latest].slice(0, rows);
    painter.mark(paint);
  });
  return { root, setVisible: whileVisible(subscription) };
}

function row({ post }: Entry): HTMLElement {
  return element(
    'a',
    { href: `/social/post/${post.id}` },
    element('bdi', {}, shownName(post.name)),
    element('span', { class: 'muted', dir: 'auto' }, post.text),
  );
}
