import type { Incident, MatchEvent } from './messages';

/** The entries of a match's log, in order and without gaps, wherever they come from. */
export class MatchLog {
  entries: readonly Incident[] = [];

  /** Adds an entry. Returns false when the log has it already, or lacks one before it. */
  add({ seq, incident }: MatchEvent): boolean {
    if (seq !== this.entries.length + 1) return false;
    this.entries = [...this.entries, incident];
    return true;
  }

  /** Whether entries before this one are missing. */
  lacksBefore({ seq }: MatchEvent): boolean {
    return seq > this.entries.length + 1;
  }
}
