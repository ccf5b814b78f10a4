import type { Connection } from '../connection/connection';
import type { Subscription } from 'centrifuge';
import type { Rooms } from '../chat/rooms';
import type { Prices } from './prices';

/** The groups of applications in the order of the page. */
export const groups = ['Talk', 'Watch', 'Together', 'Why'] as const;

const most = 4;

export type Group = (typeof groups)[number];

/** What the start page shares with the previews and the steps. */
export interface Start {
  readonly connection: Connection;
  readonly prices: Prices;
  readonly latest: { readonly rooms: Rooms; readonly subscription: Subscription };
}

/** A picture of an application that is live while it is on the screen. */
export interface Preview {
  readonly root: HTMLElement;
  setVisible(isVisible: boolean): void;
}

/** Code of the server, as it stands in its file. */
export interface Code {
  readonly file: string;
  readonly text: string;
}

/** An application on the start page. */
export interface Application {
  readonly name: string;
  readonly href: string;
  readonly group: Group;
  /** The use of WebSockets for which the application stands. */
  readonly use: string;
  readonly sentence: string;
  readonly demonstrates: readonly string[];
  /** One thing to do in the application. */
  readonly task: string;
  readonly code: Code;
  preview(start: Start): Preview;
}

/** Creates the switch of a preview that consists of subscriptions. */
export function whileVisible(...subscriptions: Pick<Subscription, 'subscribe' | 'unsubscribe'>[]): Preview['setVisible'] {
  return (isVisible) => {
    for (const subscription of subscriptions)
      if (isVisible) subscription.subscribe();
      else subscription.unsubscribe();
  };
}

/** Returns the groups that have applications, each with its own. */
export function grouped<T extends { readonly group: Group }>(all: readonly T[]): { name: Group; members: T[] }[] {
  return groups
    .map((name) => ({ name, members: all.filter(({ group }) => group === name) }))
    .filter(({ members }) => members.length > 0);
}

/** Returns how many cards of a group stand in a row: at most four, and as even as possible. */
export function columnsOf(count: number): number {
  return Math.ceil(count / Math.ceil(count / most));
}
