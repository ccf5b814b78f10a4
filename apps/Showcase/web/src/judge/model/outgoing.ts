import type { Language } from './draft';

/** A program that is sent. `script` is what is executed, when that is not what was written. */
export interface Sent {
  readonly method: 'judge.run' | 'judge.submit';
  readonly clientId: string;
  readonly problem: string;
  readonly language: Language;
  readonly code: string;
  readonly script?: string;
}

/** The dependencies: the call, which throws an error with the server's code, and storage that outlives the page. */
export interface Courier {
  call(sent: Sent): Promise<string>;
  isConnected(): boolean;
  keep(sent: Sent | undefined): void;
}

const firstCodeOfServer = 100;

/**
 * The program on its way to the server. It is kept until the server has answered: neither a lost connection nor a
 * reload loses it, and its client id prevents that it runs twice.
 */
export class Outgoing {
  readonly #courier: Courier;
  readonly #accepted: (run: string, sent: Sent) => void;
  readonly #refused: (reason: string) => void;
  #waiting: Sent | undefined;
  #isCalling = false;

  constructor(
    courier: Courier,
    accepted: (run: string, sent: Sent) => void,
    refused: (reason: string) => void,
    kept?: Sent,
  ) {
    this.#courier = courier;
    this.#accepted = accepted;
    this.#refused = refused;
    this.#waiting = kept;
  }

  /** The program without an answer. */
  get waiting(): Sent | undefined {
    return this.#waiting;
  }

  send(sent: Sent): Promise<void> {
    this.#wait(sent);
    return this.flush();
  }

  /** Sends the program that waits; called when the connection is open. */
  async flush(): Promise<void> {
    while (this.#waiting && !this.#isCalling && this.#courier.isConnected()) {
      const sent = this.#waiting;
      this.#isCalling = true;
      try {
        const run = await this.#courier.call(sent);
        if (this.#waiting !== sent) continue;
        this.#wait(undefined);
        this.#accepted(run, sent);
      } catch (error) {
        const { code, message } = error as { code?: number; message?: string };
        // Without an answer it is not known whether the program has arrived: it is sent again with the same id.
        if (code === undefined || code < firstCodeOfServer) return;
        if (this.#waiting !== sent) continue;
        this.#wait(undefined);
        this.#refused(message ?? '');
      } finally {
        this.#isCalling = false;
      }
    }
  }

  /** Gives up the program that waits. */
  drop(): void {
    this.#wait(undefined);
  }

  #wait(sent: Sent | undefined): void {
    this.#waiting = sent;
    this.#courier.keep(sent);
  }
}

/** Reads a program from the storage; undefined when there is none. */
export function readSent(text: string | undefined): Sent | undefined {
  if (!text) return undefined;
  try {
    const sent = JSON.parse(text) as Partial<Sent>;
    return sent.clientId && sent.problem && sent.code && sent.method ? (sent as Sent) : undefined;
  } catch {
    return undefined;
  }
}
