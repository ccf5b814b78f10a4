import { agoText } from '../../page/ago';
import { element, setData, setText } from '../../page/element';
import type { Story } from '../model/messages';
import { sourcesText } from '../model/words';

export interface StoryActions {
  nameOf(source: string): string;
  isRead(id: number): boolean;
  /** Whether the reader wrote the story. */
  isOwn(story: Story): boolean;
  mark(story: Story, isRead: boolean): void;
  correct(story: Story): void;
  retract(story: Story): void;
}

/** A story of the list. Every text of it is set as text. */
export class StoryItem {
  readonly root = element('article', { class: 'story', tabindex: '0' });
  readonly #actions: StoryActions;
  readonly #age = element('time');
  readonly #sources = element('bdi');
  readonly #mark = element('button', { type: 'button', class: 'link' });
  #story: Story;

  constructor(story: Story, actions: StoryActions) {
    [this.#story, this.#actions] = [story, actions];
    this.root.dataset.id = String(story.id);
    this.#mark.addEventListener('click', () => this.toggle());
    this.#build();
  }

  get story(): Story {
    return this.#story;
  }

  paint(story: Story, now: number): void {
    if (story.revision !== this.#story.revision) {
      this.#story = story;
      this.#build();
    }
    const isRead = this.#actions.isRead(story.id);
    setData(this.root, 'read', String(isRead));
    setText(this.#age, agoText(story.time, now));
    setText(this.#sources, sourcesText(story, (id) => this.#actions.nameOf(id)));
    setText(this.#mark, isRead ? 'Mark as unread' : 'Mark as read');
  }

  /** Opens the whole story in a window of its own. */
  open(): void {
    const link = this.root.querySelector<HTMLAnchorElement>('h2 a');
    if (link) link.click();
    else this.#actions.mark(this.#story, true);
  }

  toggle(): void {
    this.#actions.mark(this.#story, !this.#actions.isRead(this.#story.id));
  }

  #build(): void {
    const story = this.#story;
    const words = { dir: 'auto', lang: story.lang };
    const time = new Date(story.time);
    this.#age.dateTime = time.toISOString();
    this.#age.title = time.toLocaleString();
    const parts: HTMLElement[] = [element('h2', words, this.#title())];
    if (story.summary !== '') parts.push(element('p', { ...words, class: 'summary' }, struck(story, story.summary)));
    if (story.retracted !== undefined)
      parts.push(element('p', { class: 'retracted' }, element('strong', {}, `Retracted${at(story.retractedAt)}: `), element('bdi', {}, story.retracted)));
    else if (story.corrected !== undefined) parts.push(...this.#correction());
    parts.push(element('p', { class: 'about muted' }, ...this.#about()));
    this.root.replaceChildren(...parts);
  }

  #title(): Node | string {
    const { link, title } = this.#story;
    const words = struck(this.#story, title);
    if (link === undefined || !/^(https?:\/\/|\/[^/])/.test(link)) return words;
    const rel = 'noopener noreferrer nofollow';
    const opened = () => this.#actions.mark(this.#story, true);
    return element('a', { href: link, rel, target: '_blank', click: opened, auxclick: opened }, words);
  }

  #correction(): HTMLElement[] {
    const { corrected, wasTitle, wasSummary } = this.#story;
    const before = [wasTitle, wasSummary].filter((text) => text !== undefined && text !== '').join(' — ');
    return [element(
      'p',
      { class: 'correction' },
      element('strong', {}, `Corrected${at(corrected)}${before === '' ? '' : ':'}`),
      ...(before === '' ? [] : [' it was ', element('del', { dir: 'auto' }, before)]),
    )];
  }

  #about(): Node[] {
    const story = this.#story;
    const own = story.retracted === undefined && this.#actions.isOwn(story)
      ? [
          element('button', { type: 'button', class: 'link', click: () => this.#actions.correct(this.#story) }, 'Correct'),
          element('button', { type: 'button', class: 'link', click: () => this.#actions.retract(this.#story) }, 'Retract'),
        ]
      : [];
    const breaking = story.breaking ? [element('span', { class: 'breaking-mark' }, 'Breaking')] : [];
    return [...breaking, element('span', {}, story.topic), this.#sources, this.#age, this.#mark, ...own];
  }
}

/** Returns when a story was changed: the time of the day on the same day, else the date. */
function at(time: number | undefined): string {
  if (time === undefined) return '';
  const date = new Date(time);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday ? ` at ${date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}` : ` on ${date.toLocaleDateString()}`;
}

function struck(story: Story, text: string): Node | string {
  return story.retracted === undefined ? text : element('s', {}, text);
}
