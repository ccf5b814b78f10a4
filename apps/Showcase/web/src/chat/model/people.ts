export interface Person {
  user: string;
  name: string;
}

interface Client {
  client: string;
  user: string;
  connInfo?: unknown;
}

/** Who is in the room. One person may be there several times, with several windows. */
export class People {
  readonly #clients = new Map<string, Person>();

  load(clients: Record<string, Client>): void {
    this.#clients.clear();
    for (const client of Object.values(clients)) this.join(client);
  }

  join(client: Client): void {
    const info = client.connInfo as { name?: string } | undefined;
    this.#clients.set(client.client, { user: client.user, name: info?.name ?? 'Guest' });
  }

  leave(client: Client): void {
    this.#clients.delete(client.client);
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
