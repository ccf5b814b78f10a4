import { type Subscription, SubscriptionState } from 'centrifuge';
import type { Connection } from '../connection/connection';
import { remember, remembered } from '../page/settings';
import { toast } from '../page/toasts';
import { type FavouriteKind, type Favourites, filterOf, parseFavourites, withFavourite } from './model/favourites';
import { Held } from './model/held';
import type { Horizon } from './model/horizon';
import type { GoalEvent } from './model/messages';
import { newsOf } from './model/words';
import { playWhistle } from './whistle';

const setting = 'sports-favourites';
const titleMilliseconds = 30_000;
// A publication that waited in a history is no news.
const newsMilliseconds = 90_000;

/** The goals of the favourites: the server filters them, and every window of the browser has the same favourites. */
export class Goals {
  favourites: Favourites = parseFavourites(remembered(setting));
  /** The latest goal, for the tab's title, for half a minute. */
  title = '';
  /** Whether the server sends the goals of the favourites. */
  isFollowing = false;
  isLoud = remembered('sports-sound') === 'on';

  readonly #connection: Connection;
  readonly #horizon: Horizon;
  readonly #held = new Held<GoalEvent>();
  readonly #changed: () => void;
  #subscription: Subscription | undefined;

  constructor(connection: Connection, horizon: Horizon, changed: () => void) {
    [this.#connection, this.#horizon, this.#changed] = [connection, horizon, changed];
    this.#follow();
    window.addEventListener('storage', ({ key }) => {
      if (key !== `duplex.${setting}`) return;
      this.favourites = parseFavourites(remembered(setting));
      this.#follow();
      changed();
    });
  }

  set(kind: FavouriteKind, name: string, isOn: boolean): void {
    // Another window may have changed them.
    this.favourites = withFavourite(parseFavourites(remembered(setting)), kind, name, isOn);
    remember(setting, JSON.stringify(this.favourites));
    this.#follow();
    this.#changed();
  }

  setLoud(isLoud: boolean): void {
    this.isLoud = isLoud;
    remember('sports-sound', isLoud ? 'on' : 'off');
    if (isLoud) playWhistle();
  }

  /** Reports the goals that are due. */
  report(): void {
    for (const goal of this.#held.take(this.#horizon.limit)) {
      const news = newsOf(goal);
      toast(news, { subject: `goal ${goal.match}` });
      if (this.isLoud) playWhistle();
      this.title = news;
      setTimeout(() => {
        if (this.title === news) this.title = '';
      }, titleMilliseconds);
    }
  }

  #follow(): void {
    const filter = filterOf(this.favourites);
    if (!this.#subscription) {
      if (!filter) return;
      this.#subscription = this.#connection.client.newSubscription('goals:all', { tagsFilter: filter });
      this.#subscription.on('state', ({ newState }) => {
        this.isFollowing = newState === SubscriptionState.Subscribed;
        this.#changed();
      });
      this.#subscription.on('publication', ({ data }) => this.#take(data as GoalEvent));
      this.#subscription.subscribe();
      return;
    }
    // A subscription takes its filter when it begins.
    this.#subscription.unsubscribe();
    if (!filter) return;
    this.#subscription.setTagsFilter(filter);
    this.#subscription.subscribe();
  }

  #take(goal: GoalEvent): void {
    const age = this.#connection.ageOf(goal.incident.time) ?? 0;
    if (age > newsMilliseconds) return;
    this.#held.add(goal.incident.time, goal);
    this.report();
    this.#changed();
  }
}
