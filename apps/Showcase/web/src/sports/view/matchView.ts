import { element, setText } from '../../page/element';
import type { Goals } from '../goals';
import { entryOf } from '../model/entry';
import { fold } from '../model/fold';
import type { Horizon } from '../model/horizon';
import type { MatchData, ScoreEntry } from '../model/messages';
import { Replay } from '../model/replay';
import type { OpenMatch } from '../openMatch';
import type { Reports } from '../reports';
import { LineUps } from './lineUps';
import { ReplayControl } from './replayControl';
import { Scoreboard } from './scoreboard';
import { ScoutDesk } from './scoutDesk';
import { StatsView } from './statsView';
import { Timeline } from './timeline';

interface MatchParts {
  readonly open: OpenMatch;
  readonly goals: Goals;
  readonly horizon: Horizon;
  readonly reports: Reports;
  readonly changed: () => void;
}

/** A match as its page shows it. */
export interface ShownMatch {
  readonly entry: ScoreEntry;
  /** The time of its clock. */
  readonly clock: number;
}

/** The page of a match. Everything on it is the fold of the log up to one time: now, a late one, or a replay's. */
export class MatchView {
  readonly #open: OpenMatch;
  readonly #horizon: Horizon;
  readonly #board: Scoreboard;
  readonly #desk: ScoutDesk | undefined;
  readonly #replay: ReplayControl;
  readonly #timeline: Timeline;
  readonly #lineUps = new LineUps();
  readonly #stats = new StatsView();
  readonly #missed = element('p', { class: 'missed', role: 'status' });
  readonly root: HTMLElement;

  constructor(match: MatchData, { open, goals, horizon, reports, changed }: MatchParts) {
    [this.#open, this.#horizon] = [open, horizon];
    this.#board = new Scoreboard(match, goals);
    this.#desk = match.canReport ? new ScoutDesk(match, reports) : undefined;
    this.#timeline = new Timeline(match.canReport
      ? (type, of) => reports.add({ match: match.id, type, of, ...(type === 'cancel' ? { reason: 'video review' } : {}) })
      : undefined);
    const replay = () => new Replay(open.log[0]?.time ?? 0, open.log.at(-1)?.time ?? 0, match.rate);
    this.#replay = new ReplayControl(replay, changed);
    this.root = element(
      'div',
      { class: 'match' },
      this.#missed,
      this.#board.root,
      this.#replay.root,
      ...(this.#desk ? [this.#desk.root] : []),
      element(
        'div',
        { class: 'parts' },
        this.#timeline.root,
        element('div', { class: 'sides-panels' }, this.#stats.root, this.#lineUps.root),
      ),
    );
  }

  get isReplaying(): boolean {
    return this.#replay.replay !== undefined;
  }

  missed(words: string): void {
    setText(this.#missed, words);
  }

  /** Draws the match, and returns what it shows for the list. */
  paint(match: MatchData, staleSeconds: number | undefined, watching: number): ShownMatch {
    const { replay } = this.#replay;
    const now = performance.now();
    const limit = replay ? replay.limit(now) : this.#horizon.limit;
    const clock = replay ? limit : this.#horizon.clock;
    const state = fold(match, this.#open.log, limit);
    const entry = entryOf(match, state, this.#open.log, limit);
    this.#board.paint(entry, clock, replay ? undefined : staleSeconds, watching);
    this.#timeline.paint(match, state, this.#delays());
    this.#lineUps.paint(match, state);
    this.#stats.paint(match, this.#open.stats, replay !== undefined || this.#horizon.seconds > 0);
    this.#desk?.paint(state);
    this.#replay.root.hidden = replay === undefined && state.phase !== 'fullTime';
    this.#replay.paint();
    return { entry, clock };
  }

  // The delay of the newest revision of each incident.
  #delays(): Map<number, number> {
    const delays = new Map<number, number>();
    for (const [seq, delay] of this.#open.delays) {
      const entry = this.#open.log[seq - 1];
      if (entry) delays.set(entry.id, delay);
    }
    return delays;
  }
}
