import type { Message } from '../../conversation/message';
import { copyText } from '../../page/copyText';
import { type MenuItem, showMenu } from '../../page/menu';
import { toast } from '../../page/toasts';
import type { Room } from './room';

/** The reactions that the server accepts. */
export const emojis = [
  ['👍', 'Thumbs up'],
  ['❤️', 'Heart'],
  ['😂', 'Laughing'],
  ['🎉', 'Celebration'],
  ['😮', 'Surprised'],
  ['👀', 'Looking'],
] as const;

export interface MenuActions {
  reply(message: Message): void;
  edit(message: Message): void;
  remove(message: Message): void;
  mute(user: string, name: string): void;
  /** Called when the menu closes without an action that moves the focus. */
  closed(message: Message): void;
}

/** Shows the menu of a message: reactions, reply, and what its author or others may do with it. */
export function showMessageMenu(room: Room, message: Message, button: HTMLElement, actions: MenuActions): void {
  const isMine = message.user === room.me.user;
  const own = message.reactions?.filter(({ user }) => user === room.me.user) ?? [];
  const has = (emoji: string) => own.some((reaction) => reaction.emoji === emoji);
  const items: MenuItem[] = [
    ...emojis.map(([emoji, name]) => ({
      label: emoji,
      name,
      isRow: true,
      run: () => attempt(room.react(message.id, emoji, !has(emoji))),
    })),
    { label: 'Reply', run: () => actions.reply(message) },
    ...(isMine ? [{ label: 'Edit', run: () => actions.edit(message) }] : []),
    { label: 'Copy text', run: () => void copy(message.text) },
    { label: 'Copy link', run: () => void copy(linkTo(message)) },
    ...(isMine
      ? [{ label: 'Delete', isBad: true, run: () => actions.remove(message) }]
      : [{ label: `Mute ${message.name}`, run: () => actions.mute(message.user, message.name) }]),
  ];
  showMenu(button, items, () => actions.closed(message));
}

/** Reports a change that the server rejected or that could not be sent. */
export function attempt(change: Promise<void>): void {
  change.catch((error: { code?: number; message?: string }) => {
    const words = (error.code ?? 0) >= 100 ? error.message : 'There is no connection. Try again when it is back.';
    toast(words ?? 'The server rejected this.', { kind: 'bad', subject: 'change' });
  });
}

function linkTo({ room, id }: Message): string {
  return `${location.origin}/chat/${encodeURIComponent(room)}?message=${id}`;
}

async function copy(text: string): Promise<void> {
  toast(await copyText(text) ? 'Copied.' : `Copy it from here: ${text}`, { subject: 'copied' });
}
