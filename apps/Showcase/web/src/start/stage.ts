import code from 'code:Stage/StageEndpoints.cs#pointer:{stage}';
import { keepEntries } from '../connection/entries';
import { element } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { type Application, type Preview, type Start, whileVisible } from './application';

interface ListedStage {
  title: string;
  show: string | null;
  name: string | null;
  viewers: number;
}

export const stage: Application = {
  name: 'Stage',
  href: '/webinar',
  group: 'Talk',
  use: 'Interactive webinars',
  sentence: 'Picture and sound as binary messages of a WebSocket; slides turn with the words, and questions are voted for.',
  demonstrates: ['the engine alone, without the hub', 'a slow line keeps the sound', 'a lost speaker resumes by itself'],
  task: 'go on stage in one window with the test card, and watch it in another.',
  code,
  preview,
};

/** The stages with those who are on them. */
function preview({ connection }: Start): Preview {
  const root = element(
    'div',
    { class: 'rows-preview' },
    openingNotice(connection, 'Opening the stages…', 'They appear as soon as the connection is open.'),
  );
  const stages = new Map<string, ListedStage>();
  const paint = () => root.replaceChildren(...[...stages].map(([id, listed]) => row(id, listed)));
  const list = connection.client.newMapSubscription('stages:all');
  keepEntries(list, stages, () => painter.mark(paint));
  return { root, setVisible: whileVisible(list) };
}

function row(id: string, { title, show, name, viewers }: ListedStage): HTMLElement {
  return element(
    'a',
    { href: `/webinar/${encodeURIComponent(id)}` },
    element('span', {}, title),
    element('bdi', { class: show === null ? 'muted' : '' }, show === null ? 'test card' : `${show} · ${name}`),
    element('span', { class: 'muted' }, viewers === 0 ? '' : `${viewers} watching`),
  );
}
