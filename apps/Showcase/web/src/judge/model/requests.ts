import type { Step } from './run';
import type { Answer, Ask } from './watch';

const waitSeconds = 20;

/** The address of a run. It is asked for before each request, because the line of the page may change. */
export type Address = () => URL;

/** Asks for the latest step. */
export function askStatus(address: Address): Ask {
  return async () => {
    const { body, bodyBytes } = await get(address());
    const { last } = body as { last?: Step };
    return answer(last ? [last] : [], bodyBytes);
  };
}

/** Asks for the steps after a number; the server waits until there is one. */
export function askSteps(address: Address): Ask {
  return async (after) => {
    const waiting = address();
    waiting.search = `?after=${after}&wait=${waitSeconds}`;
    const { body, bodyBytes } = await get(waiting);
    return answer((body as { steps: Step[] }).steps, bodyBytes);
  };
}

function answer(steps: Step[], bodyBytes: number): Answer {
  return { steps: steps.map(({ n }) => n), isDone: steps.some(({ state }) => state === 'done'), bodyBytes };
}

async function get(address: URL): Promise<{ body: unknown; bodyBytes: number }> {
  const response = await fetch(address, { cache: 'no-store' });
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  const text = await response.text();
  return { body: JSON.parse(text), bodyBytes: new TextEncoder().encode(text).length };
}
