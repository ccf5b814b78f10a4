import { ask } from '../../page/dialog';
import { element } from '../../page/element';
import { toast } from '../../page/toasts';
import type { Square } from '../square';

interface Version {
  text: string;
  time: number;
}

/** Shows the earlier texts of a post in a dialog. */
export async function showVersions(square: Square, post: number): Promise<void> {
  try {
    const { versions } = await square.call<{ versions: Version[] }>('versions', { post });
    const list = versions.map(({ text, time }) => element(
      'li',
      {},
      element('span', { class: 'muted' }, new Date(time).toLocaleString()),
      element('p', { dir: 'auto' }, text),
    ));
    await ask({ title: 'Earlier versions', body: [element('ol', { class: 'versions' }, ...list)], confirm: 'Close', decline: 'Back' });
  } catch (error) {
    toast((error as Error).message, { kind: 'bad', subject: 'versions' });
  }
}
