import { shownName } from '../conversation/names';
import { element } from '../page/element';
import type { Notification, NotificationEvent } from './model/messages';
import { ageWords, notificationWords } from './model/words';
import type { Square } from './square';

/** The notifications of the visitor, gathered by the server, and how far they were read in any window. */
export class Notifications {
  readonly root = element('section', { 'class': 'notifications', 'aria-label': 'Notifications', 'hidden': true });
  readonly #square: Square;
  readonly #changed: () => void;
  readonly #all = new Map<string, Notification>();
  #read = 0;
  #isLoaded = false;

  constructor(square: Square, changed: () => void) {
    this.#square = square;
    this.#changed = changed;
    const subscription = square.connection.client.newSubscription(`notifications:#${square.me}`);
    subscription.on('subscribed', ({ data }) => {
      const { notifications, read = 0 } = data as { notifications: Notification[]; read?: number };
      this.#all.clear();
      for (const notification of notifications) this.#take(notification);
      this.#read = read;
      this.#isLoaded = true;
      this.#arrived();
    });
    subscription.on('publication', ({ data }) => {
      const { notification, read = 0 } = data as NotificationEvent;
      if (notification) this.#take(notification);
      this.#read = Math.max(this.#read, read);
      this.#arrived();
    });
    subscription.subscribe();
  }

  get unread(): number {
    return [...this.#all.values()].filter(({ seq }) => seq > this.#read).length;
  }

  /** Marks all as read, in every window. */
  async read(): Promise<void> {
    const seq = Math.max(0, ...[...this.#all.values()].map((notification) => notification.seq));
    if (seq <= this.#read || this.#square.connection.state !== 'connected') return;
    try {
      this.#read = Math.max(this.#read, (await this.#square.call<{ read: number }>('read', { seq })).read);
      this.#changed();
    } catch {
      // They stay unread until the next attempt.
    }
  }

  paint(): void {
    const all = [...this.#all.values()].sort((one, other) => other.seq - one.seq);
    if (all.length === 0) {
      this.root.replaceChildren(element('p', { class: 'notice' }, this.#isLoaded ? 'Nothing yet. Likes, reposts, replies and followers appear here, gathered.' : 'Loading the notifications…'));
      return;
    }
    this.root.replaceChildren(element('ol', {}, ...all.map((notification) => this.#row(notification))));
  }

  #row(notification: Notification): HTMLElement {
    const { post, seq, text, time } = notification;
    const words = notificationWords({ ...notification, name: shownName(notification.name) });
    return element(
      'li',
      { class: seq > this.#read ? 'unread' : '' },
      element(
        'a',
        { href: !post ? `/social/@${encodeURIComponent(this.#square.me)}` : `/social/post/${post}` },
        element('span', { dir: 'auto' }, words),
        element('span', { class: 'muted', dir: 'auto' }, text),
      ),
      element('span', { class: 'muted' }, ageWords(time, this.#square.connection.serverNow)),
    );
  }

  #take(notification: Notification): void {
    const key = `${notification.kind}:${notification.post ?? 0}`;
    if (!notification.count) this.#all.delete(key);
    else this.#all.set(key, notification);
  }

  // What arrives while the list is read is read.
  #arrived(): void {
    if (!this.root.hidden && document.visibilityState === 'visible') void this.read();
    this.#changed();
  }
}
