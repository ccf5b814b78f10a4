import { shownName } from '../../conversation/names';
import { attempt } from '../../page/attempt';
import { copyText } from '../../page/copyText';
import { ask } from '../../page/dialog';
import { element } from '../../page/element';
import { type MenuItem, showMenu } from '../../page/menu';
import type { Post, RelationKind } from '../model/messages';
import type { Square } from '../square';

export const longestPost = 300;

/** Shows what a visitor can do with a post beside the buttons below it. */
export function showPostMenu(square: Square, post: Post, button: HTMLElement): void {
  const link = `${location.origin}/social/post/${post.thread ?? post.id}`;
  const items: MenuItem[] = [{ label: 'Copy link', run: () => void copyText(link) }];
  if (post.user === square.me && !post.deleted)
    items.push({ label: 'Edit', run: () => void edit(square, post) }, { label: 'Delete', isBad: true, run: () => void remove(square, post) });
  else if (post.user !== square.me) items.push(...relationItems(square, post.user, post.name));
  showMenu(button, items, () => button.focus());
}

function relationItems(square: Square, user: string, name: string): MenuItem[] {
  const shown = shownName(name);
  const verbs: [RelationKind, string, string][] = [['follow', 'Follow', 'Unfollow'], ['mute', 'Mute', 'Unmute'], ['block', 'Block', 'Unblock']];
  return verbs.map(([kind, on, off]) => {
    const is = square.is(kind, user);
    return {
      label: `${is ? off : on} ${shown}`,
      isBad: kind === 'block' && !is,
      run: () => void relate(square, kind, user, !is),
    };
  });
}

/** Sets a relation, and shows why when the server refuses it. */
export async function relate(square: Square, kind: RelationKind, user: string, on: boolean): Promise<void> {
  await attempt('relation', square.relate(kind, user, on));
}

async function edit(square: Square, post: Post): Promise<void> {
  const field = element('textarea', { 'rows': 5, 'dir': 'auto', 'aria-label': 'Text', 'class': 'edit-text' });
  field.value = square.book.find(post.id)?.text ?? post.text;
  requestAnimationFrame(() => field.focus());
  const body = [element('p', { class: 'muted' }, `At most ${longestPost} characters. Others see that it was edited, and the earlier versions.`), field];
  if (!await ask({ title: 'Edit the post', body, confirm: 'Save' })) return;
  await attempt('edit', change(square, 'edit', { post: post.id, text: field.value }));
}

async function remove(square: Square, post: Post): Promise<void> {
  const body = [element('p', {}, 'It disappears from every page at once, with its likes and reposts.')];
  if (!await ask({ title: 'Delete the post?', body, confirm: 'Delete', confirmClass: 'danger' })) return;
  await attempt('delete', change(square, 'delete', { post: post.id }));
}

async function change(square: Square, method: string, data: object): Promise<void> {
  square.take((await square.call<{ post: Post }>(method, data)).post);
}
