import type { Connection } from '../connection/connection';
import { isRefusal } from '../connection/refusal';
import { randomId } from '../page/randomId';
import { forget, remember, remembered } from '../page/settings';
import type { Story } from './model/messages';

/** A story of one's own that the server has not taken yet. */
export interface Draft {
  readonly clientId: string;
  readonly title: string;
  readonly summary: string;
  readonly topic: string;
  readonly breaking: boolean;
  /** The server's reason for refusing it. */
  readonly problem?: string;
}

const setting = 'news-desk';
const retryMilliseconds = 1000;
const tooMany = 429;

/** The visitors' desk: stories are kept, also over a reload, until the server has them. */
export class Desk {
  /** The server's message while it limits the rate; otherwise empty. */
  heldBack = '';
  readonly #connection: Connection;
  readonly #taken: (story: Story) => void;
  readonly #changed: () => void;
  #isSending = false;

  constructor(connection: Connection, taken: (story: Story) => void, changed: () => void) {
    [this.#connection, this.#taken, this.#changed] = [connection, taken, changed];
    setInterval(() => void this.#flush(), retryMilliseconds);
  }

  get drafts(): readonly Draft[] {
    try {
      return JSON.parse(remembered(setting) ?? '[]') as Draft[];
    } catch {
      return [];
    }
  }

  write(draft: Omit<Draft, 'clientId' | 'problem'>): void {
    this.#keep([...this.drafts, { ...draft, clientId: randomId() }]);
    void this.#flush();
  }

  discard({ clientId }: Draft): void {
    this.#keep(this.drafts.filter((draft) => draft.clientId !== clientId));
  }

  /** Corrects a story. Returns the newer story when another window has changed it in the meantime. */
  async correct({ id, revision }: Story, title: string, summary: string): Promise<Story | undefined> {
    const { data } = await this.#connection.client.rpc('news.correct', { id, revision, title, summary });
    const { story, isStored } = data as { story: Story; isStored: boolean };
    this.#taken(story);
    return isStored ? undefined : story;
  }

  async retract({ id }: Story, reason: string): Promise<void> {
    const { data } = await this.#connection.client.rpc('news.retract', { id, reason });
    this.#taken((data as { story: Story }).story);
  }

  async #flush(): Promise<void> {
    const next = this.drafts.find(({ problem }) => problem === undefined);
    if (!next || this.#isSending || this.#connection.state !== 'connected') return;
    this.#isSending = true;
    try {
      const { data } = await this.#connection.client.rpc('news.write', next);
      this.heldBack = '';
      this.discard(next);
      this.#taken((data as { story: Story }).story);
    } catch (error) {
      const { code, message } = error as { code: number; message: string };
      // Without a reply the story may have been taken: it is sent again with the same id.
      this.heldBack = code === tooMany ? message : '';
      if (isRefusal(code)) this.#refuse(next.clientId, message);
      else this.#changed();
    } finally {
      this.#isSending = false;
    }
  }

  #refuse(clientId: string, problem: string): void {
    this.#keep(this.drafts.map((draft) => draft.clientId === clientId ? { ...draft, problem } : draft));
  }

  #keep(drafts: readonly Draft[]): void {
    if (drafts.length === 0) forget(setting);
    else remember(setting, JSON.stringify(drafts));
    this.#changed();
  }
}
