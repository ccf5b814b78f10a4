import type { Subscription } from 'centrifuge';
import { forgetForTab, rememberForTab } from '../page/settings';
import type { Language } from './model/draft';
import { Run, type Step } from './model/run';
import { connection, stopFollowing } from './server';

export interface RunData {
  readonly problem: string;
  readonly language: Language;
  readonly code: string;
  readonly samplesOnly: boolean;
  readonly place: number;
  readonly steps: Step[];
}

/** The run that the page shows, followed by its channel. A reload of the tab shows it again. */
export class ShownRun {
  run: Run | undefined;
  /** The program of the run; undefined until the channel has been subscribed to. */
  data: RunData | undefined;

  readonly #changed: () => void;
  readonly #pushed: (run: string, step: Step) => void;
  #subscription: Subscription | undefined;

  constructor(changed: () => void, pushed: (run: string, step: Step) => void) {
    this.#changed = changed;
    this.#pushed = pushed;
  }

  /** Whether another run may be shown in its place: there is none, or it has a verdict. */
  get isOver(): boolean {
    return !this.run || this.run.isDone;
  }

  show(id: string): void {
    if (this.run?.id === id) return;
    stopFollowing(this.#subscription);
    rememberForTab('judge.run', id);
    this.data = undefined;
    const run = this.run = new Run(id);
    const subscription = this.#subscription = connection.client.newSubscription(`run:${id}`);
    connection.countRecovered(subscription);
    subscription.on('subscribed', ({ data, recovered }) => {
      this.data = data as RunData;
      if (!recovered) run.replace(this.data.place, this.data.steps);
      for (const step of this.data.steps) this.#pushed(id, step);
      this.#changed();
    });
    subscription.on('publication', ({ data }) => {
      if ('place' in (data as object)) run.place = (data as { place: number }).place;
      else {
        run.add(data as Step);
        this.#pushed(id, data as Step);
      }
      this.#changed();
    });
    subscription.on('unsubscribed', ({ code }) => {
      // The server has removed the run, or it is another's.
      if (code < 100 || this.run !== run) return;
      forgetForTab('judge.run');
      this.run = undefined;
      this.#changed();
    });
    subscription.subscribe();
    this.#changed();
  }
}
