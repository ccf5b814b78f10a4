import type { Subscription } from 'centrifuge';
import type { Connection } from '../connection/connection';
import type { People } from './people';
import type { Typing } from './typing';

/** The channel on which people show each other that they are typing. */
export class TypingChannel {
  readonly subscription: Subscription;
  readonly #typing: Typing;

  /** Creates the subscription, which the caller starts. `saw` is called for each indicator of another user. */
  constructor(
    connection: Connection,
    channel: string,
    typing: Typing,
    people: People,
    saw: (user: string, name: string) => void,
  ) {
    this.#typing = typing;
    this.subscription = connection.client.newSubscription(channel);
    this.subscription.on('publication', ({ info }) => {
      if (!info || info.user === connection.me.user) return;
      const shown = info.connInfo as { name?: string } | undefined;
      const name = people.nameOf(info.user) ?? shown?.name ?? 'Somebody';
      typing.saw(info.user, name, Date.now());
      saw(info.user, name);
    });
  }

  /** Called on every input in the message field. */
  wrote(text: string): void {
    this.#typing.wrote(text.trim() === '', Date.now());
    this.sign();
  }

  /** Publishes a typing indicator when one is due. */
  sign(): void {
    if (this.subscription.state !== 'subscribed' || !this.#typing.shouldPublish(Date.now())) return;
    // A lost typing indicator does not matter, because the next one follows.
    this.subscription.publish({}).catch(() => undefined);
  }
}
