import { shownName } from '../conversation/names';
import { agoText } from '../page/ago';
import { element, setText } from '../page/element';
import { place } from '../page/place';
import type { Notification, NotificationEvent } from './model/messages';
import { notificationWords } from './model/words';
import type { Square } from './square';

interface Row {
  readonly root: HTMLElement;
  paint(notification: Notification, isUnread: boolean, now: number): void;
}

/** The notifications of the visitor, gathered by the server, and how far they were read in any window. */
export class Notifications {
  readonly root = element('section', { 'class': 'notifications', 'aria-label': 'Notifications', 'hidden': true });
  readonly #square: Square;
  readonly #changed: () => void;
  readonly #all = new Map<string, Notification>();
  readonly #empty = element('p', { class: 'notice' });
  readonly #list = element('ol');
  #rows = new Map<string, Row>();
  #read = 0;
  #isLoaded = false;

  constructor(square: Square, changed: () => void) {
    this.#square = square;
    this.#changed = changed;
    this.root.append(this.#empty, this.#list);
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
    document.addEventListener('visibilitychange', () => this.#arrived());
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
    setText(this.#empty, this.#isLoaded ? 'Nothing yet. Likes, reposts, replies and followers appear here, gathered.' : 'Loading the notifications…');
    this.#empty.hidden = this.#all.size > 0;
    this.#list.hidden = !this.#empty.hidden;
    const now = this.#square.connection.serverNow;
    const rows = new Map<string, Row>();
    for (const [key, notification] of [...this.#all].sort(([, one], [, other]) => other.seq - one.seq)) {
      const row = this.#rows.get(key) ?? this.#row(notification);
      row.paint(notification, notification.seq > this.#read, now);
      rows.set(key, row);
    }
    this.#rows = rows;
    place(this.#list, [...rows.values()].map(({ root }) => root));
  }

  #row({ post }: Notification): Row {
    const words = element('span', { dir: 'auto' });
    const text = element('span', { class: 'muted', dir: 'auto' });
    const age = element('span', { class: 'muted' });
    const href = !post ? `/social/@${encodeURIComponent(this.#square.me)}` : `/social/post/${post}`;
    const root = element('li', {}, element('a', { href }, words, text), age);
    return {
      root,
      paint(notification, isUnread, now) {
        root.classList.toggle('new', isUnread);
        setText(words, notificationWords({ ...notification, name: shownName(notification.name) }));
        setText(text, notification.text);
        setText(age, agoText(notification.time, now));
      },
    };
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
