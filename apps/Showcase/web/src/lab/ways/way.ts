/** An event of a run, as every way carries it. */
export interface LabEvent {
  readonly n: number;
  readonly at: number;
  readonly pad: string;
}

/** A run as one way receives it. */
export interface Source {
  /** The origin of the way's line, such as `http://localhost:40001`. */
  readonly origin: string;
  readonly run: string;
  readonly pollMilliseconds: number;
  /** Returns whether the run is paused: nothing is polled or sent meanwhile. */
  readonly isPaused: () => boolean;
  readonly take: (event: LabEvent) => void;
}

/** Receives the events of a run until the returned function is called. */
export type Way = (source: Source) => () => void;

export const retryMilliseconds = 1000;

/** Requests events after a number, takes them, and returns the number of the latest one. */
export async function request(source: Source, query: string, after: number, stop: AbortSignal): Promise<number> {
  const response = await fetch(`${source.origin}/lab/${source.run}/${query}`, { signal: stop });
  if (!response.ok) throw new Error(`The server returned ${response.status}.`);
  const { events } = (await response.json()) as { events: LabEvent[] };
  for (const event of events) source.take(event);
  return events.at(-1)?.n ?? after;
}
