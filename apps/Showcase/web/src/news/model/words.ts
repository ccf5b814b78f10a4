import { agoText } from '../../page/ago';
import type { Choice } from './choice';
import { type Source, type Story, topics } from './messages';

const minute = 60_000;
const hour = 60 * minute;
const mostFound = 50;

/** Returns the state of a source in words. */
export function sourceText(source: Source, now: number): string {
  const stories = source.stories === 1 ? '1 story' : `${source.stories} stories`;
  if (source.state === 'own') return stories;
  const next = source.next === undefined ? '' : ` Next check ${inText(source.next - now)}.`;
  if (source.checked === undefined) return `${stories}. Not checked yet.${next}`;
  return `${stories}. Checked ${agoText(source.checked, now)}: ${source.words ?? ''}${next}`;
}

/** Returns the names of all sources of a story. */
export function sourcesText(story: Story, nameOf: (id: string) => string): string {
  const [first, ...others] = [story.source, ...story.also ?? []].map(nameOf);
  const name = story.name === undefined ? first ?? '' : `${story.name}, ${first ?? ''}`;
  return others.length === 0 ? name : `${name} and ${others.join(', ')}`;
}

/** Returns what a choice selects. */
export function choiceText({ topics: chosen, hidden }: Choice): string {
  if (chosen?.length === 0) return 'Breaking stories only';
  const selected = chosen ? `${chosen.length} of ${topics.length} topics` : 'All topics';
  return hidden.length === 0 ? selected : `${selected}, without ${hidden.length === 1 ? '1 source' : `${hidden.length} sources`}`;
}

/** Returns how many stories a search has found. */
export function foundText(count: number): string {
  if (count >= mostFound) return `The latest ${count} stories with these words`;
  return count === 1 ? '1 story with these words' : `${count} stories with these words`;
}

export function countText(count: number): string {
  return count === 1 ? '1 new story' : `${count} new stories`;
}

function inText(wait: number): string {
  if (wait < minute) return 'in a moment';
  return wait < hour ? `in ${Math.round(wait / minute)} min` : `in ${Math.round(wait / hour)} h`;
}
