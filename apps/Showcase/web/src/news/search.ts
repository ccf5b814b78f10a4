import type { Connection } from '../connection/connection';
import type { StoriesData, Story } from './model/messages';

const pauseMilliseconds = 300;

/** The stories that contain the words of the search field. */
export class Search {
  /** The stories; undefined while nothing is searched. */
  found: readonly Story[] | undefined;
  problem = '';
  readonly #connection: Connection;
  readonly #changed: () => void;
  #text = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(connection: Connection, changed: () => void) {
    [this.#connection, this.#changed] = [connection, changed];
  }

  set(text: string): void {
    this.#text = text.trim();
    clearTimeout(this.#timer);
    if (this.#text === '') {
      [this.found, this.problem] = [undefined, ''];
      this.#changed();
    } else this.#timer = setTimeout(() => void this.#search(this.#text), pauseMilliseconds);
  }

  /** Takes a newer state of a story. */
  take(story: Story): void {
    this.found = this.found?.map((known) => known.id === story.id && known.revision < story.revision ? story : known);
  }

  async #search(text: string): Promise<void> {
    try {
      const { data } = await this.#connection.client.rpc('news.search', { text });
      if (text !== this.#text) return;
      [this.found, this.problem] = [(data as StoriesData).stories, ''];
    } catch (error) {
      if (text !== this.#text) return;
      const { code, message } = error as { code: number; message: string };
      [this.found, this.problem] = [[], code >= 100 ? message : 'There is no connection: search again when you are back.'];
    }
    this.#changed();
  }
}
