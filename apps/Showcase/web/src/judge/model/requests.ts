import type { Step } from './run';
import type { Answer, Ask } from './watch';

const waitSeconds = 20;

/** Asks for the latest step. */
export function askStatus(run: string): Ask {
  return async () => {
    const { body, bodyBytes } = await get(`/judge/api/runs/${run}`);
    const { last } = body as { last?: Step };
    return answer(last ? [last] : [], bodyBytes);
  };
}

/** Asks for the steps after a number; the server waits until there is one. */
export function askSteps(run: string): Ask {
  return async (after) => {
    const { body, bodyBytes } = await get(`/judge/api/runs/${run}?after=${after}&wait=${waitSeconds}`);
    return answer((body as { steps: Step[] }).steps, bodyBytes);
  };
}

function answer(steps: Step[], bodyBytes: number): Answer {
  return { steps: steps.map(({ n }) => n), isDone: steps.some(({ state }) => state === 'done'), bodyBytes };
}

async function get(path: string): Promise<{ body: unknown; bodyBytes: number }> {
  const response = await fetch(path, { cache: 'no-store' });
  if (!response.ok) throw new Error(`The server answered with ${response.status}.`);
  const text = await response.text();
  return { body: JSON.parse(text), bodyBytes: new TextEncoder().encode(text).length };
}
