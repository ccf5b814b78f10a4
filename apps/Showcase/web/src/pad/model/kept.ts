import { randomId } from '../../page/randomId';
import type { KeptSession } from './session';

/** What the browser keeps of a document for one window: its text, and the changes that the server has not confirmed. */
export interface KeptDocument extends KeptSession {
  doc: string;
  window: string;
  title: string;
  isOpen: boolean;
  canWrite: boolean;
  usedAt: number;
  /** The text of changes that could not be merged, until the person discards it. */
  rest?: string;
}

const storeName = 'windows';
const maxDocuments = 20;

/**
 * Documents in the browser's database. Each window keeps its own under an id, whose lock it holds until it is closed;
 * what closed windows kept passes to the next one. A browser without locks or a database keeps nothing.
 */
export class KeptDocuments {
  readonly #database = open();
  #waiting: KeptDocument | undefined;
  #isWriting = false;

  /** Returns a new id of this window, or undefined when the browser keeps nothing. */
  async newWindow(): Promise<string | undefined> {
    const id = randomId(8);
    return (await this.#database) && await hold(id) ? id : undefined;
  }

  /** Takes over what closed windows kept of a document, the latest first. No other window does from then on. */
  async claim(doc: string): Promise<KeptDocument[]> {
    const claimed: KeptDocument[] = [];
    for (const { window } of await this.#all(IDBKeyRange.bound([doc], [doc, []]))) {
      if (!await hold(window)) continue;
      // Its window may have written, or another one sent it, between the reading and the lock.
      const [kept] = await this.#all(IDBKeyRange.only([doc, window]));
      if (kept) claimed.push(kept);
    }
    return claimed.sort((a, b) => b.usedAt - a.usedAt);
  }

  /** Writes a document. While a write is in progress only the latest state waits. */
  write(document: KeptDocument): void {
    this.#waiting = document;
    if (!this.#isWriting) void this.#writeAll();
  }

  async remove({ doc, window }: KeptDocument): Promise<void> {
    (await this.#database)?.transaction(storeName, 'readwrite').objectStore(storeName).delete([doc, window]);
  }

  async #all(keys?: IDBKeyRange): Promise<KeptDocument[]> {
    const store = (await this.#database)?.transaction(storeName).objectStore(storeName);
    return store ? await result(store.getAll(keys)) as KeptDocument[] : [];
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
    const idle = (await this.#all()).filter(({ updates, rest }) => updates.length === 0 && rest === undefined);
    idle.sort((a, b) => b.usedAt - a.usedAt);
    for (const kept of idle.slice(maxDocuments)) await this.remove(kept);
  }
}

/** Holds the lock of a window's id until this window is closed. Returns false when another one holds it. */
async function hold(window: string): Promise<boolean> {
  // Absent outside secure contexts.
  const locks = (navigator as { locks?: LockManager }).locks;
  if (!locks) return false;
  return new Promise((resolve) => {
    void locks.request(`duplex-pad-${window}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise(() => undefined);
    });
  });
}

async function open(): Promise<IDBDatabase | undefined> {
  try {
    const request = indexedDB.open('duplex-pad', 2);
    request.addEventListener('upgradeneeded', ({ oldVersion }) => {
      if (oldVersion > 0) request.result.deleteObjectStore('documents');
      request.result.createObjectStore(storeName, { keyPath: ['doc', 'window'] });
    });
    return await result(request);
  } catch {
    return undefined;
  }
}

function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error ?? new Error('The database failed.')));
    // A page of an earlier build holds the database open.
    request.addEventListener('blocked', () => reject(new Error('The database is in use.')));
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('The database failed.')));
  });
}
