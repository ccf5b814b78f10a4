/** A message stored by the server. Ids are consecutive per room: the tenth message of a room has the id 10. */
export interface Message {
  id: number;
  room: string;
  user: string;
  name: string;
  text: string;
  time: number;
  clientId: string;
}

/** A message of this browser without a reply from the server. */
export interface Pending {
  room: string;
  clientId: string;
  text: string;
  time: number;
  /** The reason of the server's rejection; undefined while the message is pending. */
  problem?: string;
}

/** The id of the last message that a user has read. */
export interface ReadMarker {
  user: string;
  name: string;
  id: number;
}
