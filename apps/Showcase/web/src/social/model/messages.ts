/** The numbers of a post: likes, reposts, replies and their version. Missing ones are 0. */
export interface Counts {
  l?: number;
  r?: number;
  c?: number;
  v?: number;
}

/** A post, or a reply. Missing fields are false, 0 or empty. */
export interface Post {
  id: number;
  user: string;
  name: string;
  text: string;
  time: number;
  clientId: string;
  bot?: boolean;
  replyTo?: number;
  replyName?: string;
  /** The post with which the thread of a reply begins. */
  thread?: number;
  revision?: number;
  edited?: number;
  deleted?: boolean;
  counts: Counts;
  liked?: boolean;
  reposted?: boolean;
}

/** A line of a timeline: a post, or a repost with an id and a person of its own. */
export interface Entry {
  id: number;
  user: string;
  name: string;
  post: Post;
}

/** A part of a timeline, newest first; `left` is the exact number of further entries in the range. */
export interface Page {
  entries: Entry[];
  left?: number;
  latest?: number;
}

export interface Change {
  type: 'edit' | 'delete' | 'withdraw';
  id: number;
  post?: Post;
}

export type RelationKind = 'follow' | 'mute' | 'block';

export interface Relation {
  kind: RelationKind;
  user: string;
  name: string;
}

export interface OwnEvent {
  type: Mark | 'relation';
  on?: boolean;
  post?: number;
  /** The version of the post's numbers. */
  v?: number;
  relation?: Relation;
}

/** What a person can do with a post, as a state that is set. */
export type Mark = 'like' | 'repost';

export interface Notification {
  kind: 'like' | 'repost' | 'reply' | 'follow';
  post?: number;
  count?: number;
  name: string;
  text: string;
  seq: number;
  time: number;
}

export interface NotificationEvent {
  notification?: Notification;
  read?: number;
}

export interface Trend {
  tag: string;
  people: number;
}

export interface Profile {
  user: string;
  name: string;
  bot?: boolean;
  about?: string;
  following?: number;
  followers?: number;
}
