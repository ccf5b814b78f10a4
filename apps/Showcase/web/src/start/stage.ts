import code from 'code:Stage/StageEndpoints.cs#pointer:{stage}';
import type { Connection } from '../connection/connection';
import { keepEntries } from '../connection/entries';
import { element, setData } from '../page/element';
import { openingNotice } from '../page/openingNotice';
import { painter } from '../page/painter';
import { Stills } from '../stage/media/stills';
import { watchProblem } from '../stage/media/support';
import type { Watcher } from '../stage/media/watcher';
import { type Application, type Preview, type Start, whileVisible } from './application';
import { showRows } from './rows';

interface ListedStage {
  title: string;
  show: string | null;
  name: string | null;
  viewers: number;
}

const shown = 'main';

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

/** A still of the main stage, which is live under the pointer and the focus, and the stages with their speakers. */
function preview({ connection }: Start): Preview {
  const rows = element(
    'div',
    { class: 'rows' },
    openingNotice(connection, 'Opening the stages…', 'They appear as soon as the connection is open.'),
  );
  const picture = picturePreview(connection);
  const stages = new Map<string, ListedStage>();
  let show: string | null | undefined;
  const paint = () => {
    const entries = [...stages].sort(([one], [other]) => Number(other === shown) - Number(one === shown));
    showRows(rows, entries.map(([id, listed]) => row(id, listed)));
    if (stages.get(shown)?.show !== show) picture.renew();
    show = stages.get(shown)?.show;
  };
  const list = connection.client.newMapSubscription('stages:all');
  keepEntries(list, stages, () => painter.mark(paint));
  const setListVisible = whileVisible(list);
  return {
    root: element('div', { class: 'stage-preview' }, picture.root, rows),
    setVisible(isVisible) {
      setListVisible(isVisible);
      picture.setVisible(isVisible);
    },
  };
}

/** The picture of the main stage: one key picture, and all of them while it is pointed at. */
function picturePreview(connection: Connection): Preview & { renew: () => void } {
  const canvas = element('canvas', { 'width': 640, 'height': 360, 'aria-hidden': 'true' });
  const stills = new Stills(connection, shown, canvas, () => stills.count > 0 && stills.stop());
  stills.stop();
  let watcher: Watcher | undefined;
  let [isVisible, isLive] = [false, false];
  const watch = async (isWanted: boolean) => {
    isLive = isWanted;
    if (watchProblem() !== '') return;
    if (!isWanted) {
      watcher?.stop();
      return;
    }
    // Few visitors of the start page need what plays media.
    const { Watcher } = await import('../stage/media/watcher');
    watcher ??= new Watcher(connection, shown, canvas, () => setData(canvas, 'count', String(watcher?.picture.count ?? 0)));
    if (isLive) watcher.start();
    else watcher.stop();
  };
  const root = element('a', {
    'href': `/webinar/${shown}`, 'class': 'picture', 'aria-label': 'Picture of the main stage',
    'pointerenter': () => void watch(true), 'pointerleave': () => void watch(false), 'focus': () => void watch(true), 'blur': () => void watch(false),
  }, canvas);
  const renew = () => isVisible && stills.start();
  return {
    root,
    renew,
    setVisible(isNow) {
      isVisible = isNow;
      renew();
      if (!isNow) {
        stills.stop();
        void watch(false);
      }
    },
  };
}

function row(id: string, { title, show, name, viewers }: ListedStage): HTMLElement {
  return element(
    'a',
    { href: `/webinar/${encodeURIComponent(id)}` },
    element('span', {}, title),
    element('bdi', { class: 'muted' }, show === null ? 'test card' : `${show} · ${name}`),
    element('span', { class: 'muted' }, viewers === 0 ? '' : `${viewers} watching`),
  );
}
