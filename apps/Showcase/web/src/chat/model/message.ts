/** A message as the server stored it. Ids count within the room: the tenth message of a room has the id 10. */
export interface Message {
  id: number;
  room: string;
  user: string;
  name: string;
  text: string;
  time: number;
  clientId: string;
}

/** A message of this browser that the server has not answered yet. */
export interface Pending {
  room: string;
  clientId: string;
  text: string;
  time: number;
  /** Why the server refused it; nothing while it waits. */
  problem?: string;
}

/** How far somebody has read. */
export interface ReadMarker {
  user: string;
  name: string;
  id: number;
}
