import type { Connection } from '../connection/connection';
import { isRefusal } from '../connection/refusal';
import { randomId } from '../page/randomId';
import { forget, remember, remembered } from '../page/settings';

/** A report of a scout; the server takes one with the same id once. */
export interface Report {
  readonly clientId: string;
  readonly match: string;
  readonly type: string;
  readonly side?: number;
  readonly player?: number;
  readonly other?: number;
  readonly phase?: string;
  readonly added?: number;
  readonly of?: number;
  readonly reason?: string;
}

const retryMilliseconds = 1000;

/** Sends the reports of a match in order. Reports without a reply are kept, also over a reload, and sent again. */
export class Reports {
  readonly #connection: Connection;
  readonly #name: string;
  readonly #refused: (reason: string) => void;
  readonly #changed: () => void;
  #isSending = false;

  constructor(connection: Connection, match: string, refused: (reason: string) => void, changed: () => void) {
    [this.#connection, this.#name, this.#refused, this.#changed] = [connection, `sports-reports.${match}`, refused, changed];
    setInterval(() => void this.#flush(), retryMilliseconds);
  }

  get waiting(): readonly Report[] {
    try {
      return JSON.parse(remembered(this.#name) ?? '[]') as Report[];
    } catch {
      return [];
    }
  }

  add(report: Omit<Report, 'clientId'>): void {
    this.#keep([...this.waiting, { ...report, clientId: randomId() }]);
    void this.#flush();
  }

  async #flush(): Promise<void> {
    if (this.#isSending || this.#connection.state !== 'connected') return;
    this.#isSending = true;
    try {
      for (let [next] = this.waiting; next; [next] = this.waiting) {
        await this.#connection.client.rpc('sports.report', next);
        this.#drop(next);
      }
    } catch (error) {
      const { code, message } = error as { code: number; message: string };
      // Without a reply the report may have been taken: it is sent again with the same id.
      if (isRefusal(code)) {
        const [refused] = this.waiting;
        if (refused) this.#drop(refused);
        this.#refused(message);
      }
    } finally {
      this.#isSending = false;
    }
  }

  #drop({ clientId }: Report): void {
    this.#keep(this.waiting.filter((report) => report.clientId !== clientId));
  }

  #keep(reports: readonly Report[]): void {
    if (reports.length === 0) forget(this.#name);
    else remember(this.#name, JSON.stringify(reports));
    this.#changed();
  }
}
