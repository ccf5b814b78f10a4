import type { Alert, WatchList, WatchMessage } from './messages';

/** The call of the server: it returns the data of the reply or throws an error with a code. */
export type Call = (method: string, data: unknown) => Promise<unknown>;

const conflict = 409;

/** The lists and alerts of the user, the same in all windows. */
export class Watched {
  readonly lists = new Map<string, WatchList>();
  readonly alerts = new Map<string, Alert>();
  /** Called with the client of the user that no longer reads the queued quotes. */
  onLeft: (client: string) => void = () => undefined;
  readonly #call: Call;
  readonly #changed: () => void;
  readonly #fired: (alert: Alert) => void;

  /** `fired` is called with each alert that fires while the page is open. */
  constructor(call: Call, changed: () => void, fired: (alert: Alert) => void) {
    this.#call = call;
    this.#changed = changed;
    this.#fired = fired;
  }

  /** Takes the state with which the subscription begins, or a change. */
  take(message: WatchMessage): void {
    if ('lists' in message) {
      this.lists.clear();
      this.alerts.clear();
      for (const list of message.lists) this.lists.set(list.id, list);
      for (const alert of message.alerts) this.alerts.set(alert.id, alert);
    } else if ('list' in message) this.#takeList(message.list);
    else if ('alert' in message) this.#takeAlert(message.alert);
    else if ('left' in message) {
      this.onLeft(message.left);
      return;
    } else {
      this.lists.delete(message.removed);
      this.alerts.delete(message.removed);
    }
    this.#changed();
  }

  /**
   * Saves a change of a list. When another window has changed the list meanwhile, the change is made again to the newer
   * list: `change` is what to do, and not what the list then contains.
   */
  async save(id: string, change: (list: WatchList) => WatchList): Promise<void> {
    const empty: WatchList = { id, name: '', symbols: [], version: 0 };
    for (;;) {
      const before = this.lists.get(id) ?? empty;
      try {
        this.take((await this.#call('board.list.save', change(before))) as WatchMessage);
        return;
      } catch (error) {
        // The newer version is on its way by the channel, unless it has arrived.
        if ((error as { code?: number }).code !== conflict || !(await this.#newerThan(before))) throw error;
      }
    }
  }

  async removeList(id: string): Promise<void> {
    this.take((await this.#call('board.list.remove', { id })) as WatchMessage);
  }

  async addAlert(alert: Pick<Alert, 'id' | 'symbol' | 'side' | 'price'>): Promise<void> {
    this.take((await this.#call('board.alert', alert)) as WatchMessage);
  }

  async removeAlert(id: string): Promise<void> {
    this.take((await this.#call('board.unalert', { id })) as WatchMessage);
  }

  async #newerThan({ id, version }: WatchList): Promise<boolean> {
    if ((this.lists.get(id)?.version ?? 0) > version) return true;
    const { lists } = (await this.#call('board.watch', {})) as { lists: WatchList[] };
    const newer = lists.find((list) => list.id === id);
    if (!newer || newer.version <= version) return false;
    this.#takeList(newer);
    return true;
  }

  #takeList(list: WatchList): void {
    if ((this.lists.get(list.id)?.version ?? 0) <= list.version) this.lists.set(list.id, list);
  }

  // A reply that was overtaken by the publication of the firing does not undo it.
  #takeAlert(alert: Alert): void {
    const before = this.alerts.get(alert.id);
    if (before?.fired) return;
    this.alerts.set(alert.id, alert);
    if (alert.fired) this.#fired(alert);
  }
}
