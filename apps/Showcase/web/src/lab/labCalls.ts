import type { Connection } from '../connection/connection';
import type { LabCalls } from './experiment';
import type { ServerCounts } from './model/figures';

const notFound = 404;

/** The calls of the laboratory, which docs/protocol/lab.md describes. */
export function labCalls({ client }: Connection): LabCalls {
  return {
    start: async (settings) => {
      const { data } = await client.rpc('lab.start', settings);
      return (data as { run: string }).run;
    },
    counts: async (run) => {
      try {
        const { data } = await client.rpc('lab.counts', { run });
        return (data as { ways: Record<string, ServerCounts> }).ways;
      } catch (error) {
        if ((error as { code?: number }).code === notFound) return undefined;
        throw error;
      }
    },
    pause: (run, isPaused) => void client.rpc('lab.pause', { run, isPaused }).catch(() => undefined),
    stop: (run) => void client.rpc('lab.stop', { run }).catch(() => undefined),
    // Lines exist only on the server's machine, so the page and the server read one clock.
    ageOf: (serverTime) => Math.max(0, Date.now() - serverTime),
  };
}
