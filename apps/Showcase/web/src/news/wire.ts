import type { Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import { reportMissed } from '../connection/missed';
import { type Choice, filterOf, isChosen } from './model/choice';
import type { StoriesData, Story, StoryEvent } from './model/messages';
import { Stories } from './model/stories';

export interface WireListener {
  changed(): void;
  /** A story has arrived that is new to the page. */
  arrived(story: Story): void;
  missed(words: string): void;
}

const kinds = {
  story: ['new story', 'new stories'],
  update: ['correction', 'corrections'],
  retract: ['retraction', 'retractions'],
} as const;

/** The stories of the reader's choice: the server filters what it sends and what it recovers. */
export class Wire {
  readonly stories = new Stories();
  isLoaded = false;
  isPaging = false;
  readonly #connection: Connection;
  readonly #listener: WireListener;
  #choice: Choice | undefined;
  #subscription: Subscription | undefined;

  constructor(connection: Connection, listener: WireListener) {
    [this.#connection, this.#listener] = [connection, listener];
  }

  /** Subscribes to the stories of a choice. */
  choose(choice: Choice): void {
    if (JSON.stringify(choice) === JSON.stringify(this.#choice)) return;
    this.#choice = choice;
    if (this.#subscription) this.#connection.end(this.#subscription);
    const filter = filterOf(choice);
    const subscription = this.#connection.client.newSubscription('news:wire', {
      data: choice,
      ...(filter ? { tagsFilter: filter } : {}),
    });
    this.#connection.countRecovered(subscription);
    const kindOf = (data: unknown) => kinds[(data as StoryEvent).type];
    reportMissed(this.#connection, subscription, kindOf, (words) => this.#listener.missed(words));
    subscription.on('subscribed', ({ data, wasRecovering, recovered }) => {
      // What was recovered follows as publications, and waits as every new story does.
      if (wasRecovering && recovered) return;
      const { stories, more } = data as StoriesData;
      this.stories.begin(stories, more);
      this.isLoaded = true;
      if (wasRecovering) this.#listener.missed(`The wire does not keep all that you missed: here are the latest ${stories.length} stories.`);
      this.#listener.changed();
    });
    subscription.on('publication', ({ data }) => this.take((data as StoryEvent).story));
    subscription.subscribe();
    this.#subscription = subscription;
  }

  /** Takes a story that arrived in whatever way. */
  take(story: Story): void {
    if (this.#choice && isChosen(this.#choice, story) && this.stories.take(story)) this.#listener.arrived(story);
    this.#listener.changed();
  }

  /** Loads older stories. */
  async page(): Promise<void> {
    const last = this.stories.oldest;
    if (!last || this.isPaging) return;
    this.isPaging = true;
    this.#listener.changed();
    try {
      const choice = this.#choice;
      const { data } = await this.#connection.client.rpc('news.page', { time: last.time, id: last.id, ...choice });
      const { stories, more } = data as StoriesData;
      if (choice !== this.#choice) return;
      this.stories.add(stories);
      this.stories.hasMore = more;
    } catch {
      // The connection was lost: the button stays.
    } finally {
      this.isPaging = false;
      this.#listener.changed();
    }
  }
}
