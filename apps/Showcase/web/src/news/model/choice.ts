import type { FilterNode } from 'centrifuge';
import { topics } from './messages';

/** What a reader has chosen. Breaking stories are part of every choice. */
export interface Choice {
  /** The topics; undefined for all. */
  readonly topics?: readonly string[];
  /** The ids of sources to leave out. */
  readonly hidden: readonly string[];
}

const mostHidden = 100;
const breaking: FilterNode = { key: 'breaking', cmp: 'eq', val: '1' };

export function parseChoice(text: string | undefined): Choice {
  try {
    const { topics: chosen, hidden } = JSON.parse(text ?? '{}') as Partial<Record<keyof Choice, unknown>>;
    const known = Array.isArray(chosen) ? topics.filter((topic) => chosen.includes(topic)) : undefined;
    return { ...(known ? { topics: known } : {}), hidden: names(hidden) };
  } catch {
    return { hidden: [] };
  }
}

export function hasTopic({ topics: chosen }: Choice, topic: string): boolean {
  return chosen?.includes(topic) ?? true;
}

/** Returns the choice with or without a topic. */
export function withTopic(choice: Choice, topic: string, isOn: boolean): Choice {
  const chosen = topics.filter((other) => other === topic ? isOn : hasTopic(choice, other));
  return chosen.length === topics.length ? { hidden: choice.hidden } : { topics: chosen, hidden: choice.hidden };
}

/** Returns the choice with or without a source. */
export function withSource(choice: Choice, source: string, isOn: boolean): Choice {
  const others = choice.hidden.filter((other) => other !== source);
  return { ...choice, hidden: isOn ? others : [...others, source].slice(-mostHidden) };
}

/** Returns the filter with which the server sends and recovers the stories of a choice alone; null for all. */
export function filterOf({ topics: chosen, hidden }: Choice): FilterNode | null {
  const nodes: FilterNode[] = [];
  if (chosen) {
    if (chosen.length === 0) return breaking;
    nodes.push({ key: 'topic', cmp: 'in', vals: [...chosen] });
  }
  if (hidden.length > 0) nodes.push({ key: 'source', cmp: 'nin', vals: [...hidden] });
  const [first] = nodes;
  if (!first) return null;
  return { op: 'or', nodes: [breaking, nodes.length === 1 ? first : { op: 'and', nodes }] };
}

export function isChosen(choice: Choice, story: { breaking?: boolean; topic: string; source: string }): boolean {
  return story.breaking === true || (hasTopic(choice, story.topic) && !choice.hidden.includes(story.source));
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string').slice(-mostHidden) : [];
}
