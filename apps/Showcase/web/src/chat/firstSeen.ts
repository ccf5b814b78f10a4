import { remember, remembered } from '../page/settings';
import type { FirstSeen } from './rooms';

const prefix = 'first-seen.';

/** The first visits of this browser, in its storage. */
export const firstSeen: FirstSeen = {
  of: (room) => {
    const id = Number(remembered(prefix + room) ?? Number.NaN);
    return Number.isNaN(id) ? undefined : id;
  },
  restart: (room, last) => {
    const known = firstSeen.of(room);
    if (known === undefined || known > last) remember(prefix + room, String(last));
  },
};
