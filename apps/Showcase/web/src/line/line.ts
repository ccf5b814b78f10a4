import { type LineApi, type LineCounts, LineRefusal, type OpenedLine } from './lineApi';
import { direct, type LineSettings, type Profile } from './profiles';

/** The parts of the connection that a line needs. */
export interface Carried {
  /** Closes the socket, so that the client connects by another way. */
  cut(): void;
  /** Connects now instead of after the client's pause. */
  retry(): void;
  changed(): void;
}

/**
 * The line that carries the page's connection. The chosen profile is applied in the background: the latest choice wins,
 * and a line that the server no longer has, as after its restart, is opened again.
 */
export class Line {
  profile = direct;
  /** The reason why the chosen line is not in use, or an empty text. */
  problem = '';

  readonly #api: LineApi;
  readonly #carried: Carried;
  #opened: OpenedLine | undefined;
  #applying: Promise<void> | undefined;

  constructor(api: LineApi, carried: Carried) {
    this.#api = api;
    this.#carried = carried;
  }

  /** Returns the address of the line in place of the server's. */
  route(address: string | URL): string | URL {
    if (!this.#opened) return address;
    const routed = new URL(address);
    routed.port = String(this.#opened.port);
    return routed;
  }

  /** Chooses a profile; completes when it is applied or has failed. */
  async choose(profile: Profile): Promise<void> {
    this.profile = profile;
    this.problem = '';
    this.#carried.changed();
    await this.#apply();
    this.#carried.retry();
  }

  /** Verifies that the server still has the line; called when the connection could not be opened through it. */
  async verify(): Promise<void> {
    if (this.#opened && !this.#applying) await this.#apply();
  }

  async counts(): Promise<LineCounts | undefined> {
    return this.#opened && (await this.#api.counts(this.#opened.id));
  }

  /** Closes the line when the page is left. */
  leave(): void {
    if (this.#opened) this.#api.close(this.#opened.id);
  }

  #apply(): Promise<void> {
    return (this.#applying ??= this.#applyLatest().finally(() => {
      this.#applying = undefined;
    }));
  }

  async #applyLatest(): Promise<void> {
    let applied: Profile | undefined;
    while (applied !== this.profile) {
      applied = this.profile;
      try {
        if (applied.settings) await this.#use(applied.settings);
        else this.#useNone();
        this.problem = '';
      } catch (error) {
        if (applied !== this.profile) continue;
        this.#failed(error);
        applied = this.profile;
      }
      this.#carried.changed();
    }
  }

  async #use(settings: LineSettings): Promise<void> {
    if (this.#opened && (await this.#api.change(this.#opened.id, settings))) return;
    this.#opened = await this.#api.open(settings);
    this.#carried.cut();
    this.#carried.retry();
  }

  #useNone(): void {
    if (!this.#opened) return;
    this.#api.close(this.#opened.id);
    this.#opened = undefined;
    this.#carried.cut();
  }

  // A server that does not answer has no fault in the choice: the next attempt to connect applies it.
  #failed(error: unknown): void {
    if (error instanceof LineRefusal) {
      this.problem = error.message;
      this.profile = direct;
      this.#useNone();
    } else this.problem = 'The server does not answer; the line is changed when it does.';
  }
}
