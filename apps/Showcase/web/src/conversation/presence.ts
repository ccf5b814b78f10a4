import type { Subscription } from 'centrifuge';
import type { Move, People } from './people';

const retryMilliseconds = 1000;

/** Receives the changes of the people of a channel. */
export interface PeopleListener {
  /** Called when the people who are present have been loaded. */
  loaded(): void;
  /** Called for a join or a leave, with the person unless another client of theirs was or is present. */
  moved(move: Move | undefined): void;
}

/** Keeps the people of a channel: those present at each subscribe, then its joins and leaves. */
export function followPeople(subscription: Subscription, people: People, { loaded, moved }: PeopleListener): void {
  const load = async (): Promise<void> => {
    try {
      people.load((await subscription.presence()).clients);
      loaded();
    } catch {
      // Joins and leaves still arrive, but clients of an earlier connection would stay in the list, so it is reloaded.
      setTimeout(() => {
        if (subscription.state === 'subscribed') void load();
      }, retryMilliseconds);
    }
  };
  subscription.on('subscribed', () => void load());
  subscription.on('join', ({ info }) => moved(people.join(info)));
  subscription.on('leave', ({ info }) => moved(people.leave(info)));
}
