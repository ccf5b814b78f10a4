import { shownName } from '../conversation/names';
import { element } from '../page/element';
import type { RelationKind, Trend } from './model/messages';
import type { Square } from './square';
import { relate } from './view/postMenu';

const kinds: [RelationKind, string, string][] = [['follow', 'You follow', 'Unfollow'], ['mute', 'Muted', 'Unmute'], ['block', 'Blocked', 'Unblock']];

/** What stands beside a timeline: trends, the people of the visitor, and what the page is. */
export class Aside {
  readonly root: HTMLElement;
  readonly #square: Square;
  readonly #trends = element('ol', { class: 'trends' });
  readonly #people = element('div', { class: 'relations' });
  #shownPeople = '';

  constructor(square: Square) {
    this.#square = square;
    this.root = element(
      'aside',
      { 'aria-label': 'Trends and people' },
      element('section', { class: 'panel' }, element('header', {}, element('h2', {}, 'Trends of the hour')), this.#trends),
      element('section', { class: 'panel', hidden: true }, element('header', {}, element('h2', {}, 'Your people')), this.#people),
      element(
        'section',
        { class: 'panel about' },
        element('header', {}, element('h2', {}, 'What this is')),
        element('p', { class: 'muted' }, 'People marked “bot” are programs of the showcase. They quote texts in the public domain, and post, reply and like only while somebody watches. Everything else is written by visitors.'),
      ),
    );
    const subscription = square.connection.client.newSubscription('trends:all');
    subscription.on('subscribed', ({ data }) => this.#paintTrends(data as Trend[]));
    subscription.on('publication', ({ data }) => this.#paintTrends(data as Trend[]));
    subscription.subscribe();
  }

  paint(): void {
    const relations = [...this.#square.relations.values()];
    const key = JSON.stringify(relations);
    if (key === this.#shownPeople) return;
    this.#shownPeople = key;
    const lists = kinds.flatMap(([kind, title, undo]) => {
      const people = relations.filter((relation) => relation.kind === kind);
      return people.length === 0
        ? []
        : [
            element('h3', { class: 'muted' }, `${title} (${people.length})`),
            element('ul', {}, ...people.map(({ user, name }) => element(
              'li',
              {},
              element('a', { href: `/social/@${encodeURIComponent(user)}` }, element('bdi', {}, shownName(name))),
              element('button', { 'type': 'button', 'class': 'link', 'aria-label': `${undo} ${shownName(name)}`, 'click': () => void relate(this.#square, kind, user, false) }, undo),
            ))),
          ];
    });
    this.#people.replaceChildren(...lists);
    (this.#people.parentElement as HTMLElement).hidden = lists.length === 0;
  }

  #paintTrends(trends: readonly Trend[]): void {
    if (trends.length === 0) {
      this.#trends.replaceChildren(element('li', { class: 'muted' }, 'No tag was used within the last hour. Write one, such as #hello.'));
      return;
    }
    this.#trends.replaceChildren(...trends.map(({ tag, people }) => element(
      'li',
      {},
      element('a', { href: `/social?tag=${encodeURIComponent(tag)}` }, `#${tag}`),
      element('span', { class: 'muted number' }, people === 1 ? '1 person' : `${people} people`),
    )));
  }
}
