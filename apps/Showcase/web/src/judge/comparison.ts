import { painter } from '../page/painter';
import { askStatus, askSteps } from './model/requests';
import type { Step } from './model/run';
import { atOnce, backingOff, everySecond, PollingWatch, type Watch } from './model/watch';
import { connection } from './server';
import { WatchPanel } from './watchPanel';

interface PushWatch extends Watch {
  run: string;
  seen: Set<number>;
  bodyBytes: number;
  learnedMilliseconds: number | undefined;
}

/** Watches the run that was submitted last in four ways, each with real requests over the line of the page. */
export class Comparison {
  readonly panel = new WatchPanel();
  #push: PushWatch | undefined;
  #polling: PollingWatch[] = [];
  #startedAt = 0;
  readonly #paint = () => {
    const push = this.#push;
    if (push) this.panel.paint([push, ...this.#polling], push.seen.size, connection.line.profile.short);
  };

  start(run: string): void {
    for (const watch of this.#polling) watch.stop();
    // All ways are measured from the same moment.
    this.#startedAt = performance.now();
    this.#push = { run, name: 'Push (this page)', requests: 0, bodyBytes: 0, seen: new Set(), learnedMilliseconds: undefined };
    const address = () => new URL(`/judge/api/runs/${run}`, connection.line.route(location.href));
    this.#polling = [
      new PollingWatch('Polling, each second', askStatus(address), everySecond),
      new PollingWatch('Polling, backing off', askStatus(address), backingOff),
      new PollingWatch('Long polling', askSteps(address), atOnce),
    ];
    for (const watch of this.#polling) void watch.start(() => painter.mark(this.#paint));
    painter.mark(this.#paint);
  }

  /** Takes a step that was pushed. */
  pushed(run: string, step: Step): void {
    if (this.#push?.run !== run || this.#push.seen.has(step.n)) return;
    this.#push.seen.add(step.n);
    this.#push.bodyBytes += new TextEncoder().encode(JSON.stringify(step)).length;
    if (step.state === 'done') this.#push.learnedMilliseconds = performance.now() - this.#startedAt;
    painter.mark(this.#paint);
  }
}
