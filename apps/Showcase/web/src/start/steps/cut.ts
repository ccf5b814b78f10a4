import { element, setText } from '../../page/element';
import type { Start } from '../application';
import { step } from './step';

/** The connection is cut and restored. The ids of messages, which have no gaps, count what was written meanwhile. */
export function cut({ connection, latest: { rooms, subscription } }: Start): HTMLElement {
  let before: Map<string, number> | undefined;
  const ids = () => new Map(rooms.all.map(({ room, last }) => [room, last?.id ?? 0]));
  const button = element('button', { type: 'button', class: 'button' });
  const { root, tick, report } = step(button, ' the connection, write in the other window, and restore it: nothing is lost.');
  const paint = () => setText(button, connection.state === 'closed' ? 'Restore' : 'Cut');
  button.addEventListener('click', () => {
    if (connection.state === 'closed') {
      connection.start();
      // The card may have left the screen.
      subscription.subscribe();
      return;
    }
    before = ids();
    connection.stop();
    report('Cut: write something in the other window now.');
  });
  subscription.on('subscribed', () => {
    if (!before) return;
    const missed = [...ids()].reduce((sum, [room, id]) => sum + Math.max(0, id - (before?.get(room) ?? 0)), 0);
    before = undefined;
    if (missed > 0) tick();
    report(missed === 0
      ? 'Restored. Nothing was written: cut again and write.'
      : `Restored: ${missed === 1 ? '1 message' : `${missed} messages`} written meanwhile arrived.`);
  });
  connection.onChange(paint);
  paint();
  return root;
}
