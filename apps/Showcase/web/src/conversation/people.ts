export interface Person {
  user: string;
  name: string;
}

interface Client {
  client: string;
  user: string;
  /** The name at the connect. */
  connInfo?: unknown;
  /** The name at the subscribe, which is newer. */
  chanInfo?: unknown;
}

/** A person who joined or left the room. */
export interface Move {
  person: Person;
  isHere: boolean;
}

/** The people present in the room. A person may be connected several times, with several windows. */
export class People {
  readonly #clients = new Map<string, Person>();

  load(clients: Record<string, Client>): void {
    this.#clients.clear();
    for (const client of Object.values(clients)) this.join(client);
  }

  /** Adds a client. Returns the person unless another client of the same person was present. */
  join(client: Client): Move | undefined {
    const info = (client.chanInfo ?? client.connInfo) as { name?: string } | undefined;
    const person = { user: client.user, name: info?.name ?? 'Guest' };
    const wasHere = this.#clients.has(client.client) || (person.user !== '' && this.isPresent(person.user));
    this.#clients.set(client.client, person);
    return wasHere ? undefined : { person, isHere: true };
  }

  /** Removes a client. Returns the person unless another client of the same person is still present. */
  leave(client: Client): Move | undefined {
    const person = this.#clients.get(client.client);
    this.#clients.delete(client.client);
    return !person || (person.user !== '' && this.isPresent(person.user)) ? undefined : { person, isHere: false };
  }

  /** Each person once, sorted by name. Anonymous visitors have no user id and are counted individually. */
  get present(): Person[] {
    const people = new Map<string, Person>();
    for (const [client, person] of this.#clients) people.set(person.user === '' ? client : person.user, person);
    return [...people.values()].sort((left, right) => left.name.localeCompare(right.name));
  }

  nameOf(user: string): string | undefined {
    return [...this.#clients.values()].find((person) => person.user === user)?.name;
  }

  isPresent(user: string): boolean {
    for (const person of this.#clients.values()) if (person.user === user) return true;
    return false;
  }
}
