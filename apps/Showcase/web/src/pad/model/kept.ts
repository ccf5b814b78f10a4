import type { KeptSession } from './session';

/** What the browser keeps of a document: its text, and the changes that the server has not confirmed. */
export interface KeptDocument extends KeptSession {
  doc: string;
  title: string;
  isOpen: boolean;
  canWrite: boolean;
  usedAt: number;
  /** The text of changes that could not be merged, until the person discards it. */
  rest?: string;
}

const storeName = 'documents';
const maxDocuments = 20;

/** Documents in the browser's database. A browser without one keeps nothing. */
export class KeptDocuments {
  readonly #database = open();
  #waiting: KeptDocument | undefined;
  #isWriting = false;

  async read(doc: string): Promise<KeptDocument | undefined> {
    const store = (await this.#database)?.transaction(storeName).objectStore(storeName);
    if (!store) return undefined;
    return (await result(store.get(doc))) as KeptDocument | undefined;
  }

  /** Writes a document. While a write is in progress only the latest state waits. */
  write(document: KeptDocument): void {
    this.#waiting = document;
    if (!this.#isWriting) void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    const database = await this.#database;
    if (!database) return;
    this.#isWriting = true;
    try {
      while (this.#waiting) {
        const document = this.#waiting;
        this.#waiting = undefined;
        const transaction = database.transaction(storeName, 'readwrite');
        transaction.objectStore(storeName).put(document);
        await done(transaction);
      }
    } catch {
      // The browser's storage is full or was closed: the page goes on without it.
    } finally {
      this.#isWriting = false;
    }
  }

  /** Removes documents without unsent changes beyond the latest ones. */
  async tidy(): Promise<void> {
    const database = await this.#database;
    if (!database) return;
    const transaction = database.transaction(storeName, 'readwrite');
    const store = transaction.objectStore(storeName);
    const all = (await result(store.getAll())) as KeptDocument[];
    const idle = all.filter(({ updates, rest }) => updates.length === 0 && rest === undefined);
    idle.sort((a, b) => b.usedAt - a.usedAt);
    for (const { doc } of idle.slice(maxDocuments)) store.delete(doc);
  }
}

async function open(): Promise<IDBDatabase | undefined> {
  try {
    const request = indexedDB.open('duplex-pad', 1);
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(storeName, { keyPath: 'doc' }));
    return await result(request);
  } catch {
    return undefined;
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The database failed.')));
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('The database failed.')));
  });
}
