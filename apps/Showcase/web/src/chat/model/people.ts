export interface Person {
  user: string;
  name: string;
}

interface Client {
  client: string;
  user: string;
  connInfo?: unknown;
}

/** Somebody came or went. */
export interface Move {
  person: Person;
  isHere: boolean;
}

/** Who is in the room. One person may be there several times, with several windows. */
export class People {
  readonly #clients = new Map<string, Person>();

  load(clients: Record<string, Client>): void {
    this.#clients.clear();
    for (const client of Object.values(clients)) this.join(client);
  }

  /** A window was opened. Says who came, unless the person was here before. */
  join(client: Client): Move | undefined {
    const info = client.connInfo as { name?: string } | undefined;
    const person = { user: client.user, name: info?.name ?? 'Guest' };
    const wasHere = this.#clients.has(client.client) || (person.user !== '' && this.isPresent(person.user));
    this.#clients.set(client.client, person);
    return wasHere ? undefined : { person, isHere: true };
  }

  /** A window was closed. Says who went, unless the person is still here with another one. */
  leave(client: Client): Move | undefined {
    const person = this.#clients.get(client.client);
    this.#clients.delete(client.client);
    return !person || (person.user !== '' && this.isPresent(person.user)) ? undefined : { person, isHere: false };
  }

  /** Each person once, by name. Those who only read have no user id: they count each. */
  get present(): Person[] {
    const people = new Map<string, Person>();
    for (const [client, person] of this.#clients) people.set(person.user === '' ? client : person.user, person);
    return [...people.values()].sort((left, right) => left.name.localeCompare(right.name));
  }

  isPresent(user: string): boolean {
    for (const person of this.#clients.values()) if (person.user === user) return true;
    return false;
  }
}
