/** A message stored by the server. Ids are consecutive per room: the tenth message of a room has the id 10. */
export interface Message {
  id: number;
  room: string;
  user: string;
  name: string;
  text: string;
  time: number;
  clientId: string;
  /** The id of the message to which this one replies. */
  replyTo?: number;
  quote?: Quote;
  /** The number of changes; of two states of a message, the one with the higher revision is newer. */
  revision?: number;
  /** The time of the latest edit. */
  edited?: number;
  deleted?: boolean;
  reactions?: Reaction[];
}

/** The beginning of a message to which another one replies; the text is empty when that message was deleted. */
export interface Quote {
  user: string;
  name: string;
  text: string;
}

export interface Reaction {
  emoji: string;
  user: string;
  name: string;
}

/** A message of this browser without a reply from the server. */
export interface Pending {
  room: string;
  clientId: string;
  text: string;
  time: number;
  replyTo?: number;
  quote?: Quote;
  /** The reason of the server's rejection; undefined while the message is pending. */
  problem?: string;
}

/** The id of the last message that a user has read. */
export interface ReadMarker {
  user: string;
  name: string;
  id: number;
}
