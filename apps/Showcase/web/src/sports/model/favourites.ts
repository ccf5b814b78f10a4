import type { FilterNode } from 'centrifuge';

export interface Favourites {
  readonly matches: readonly string[];
  readonly teams: readonly string[];
}

export type FavouriteKind = keyof Favourites;

// The server accepts 1,024 values in a filter; teams are listed twice.
const most = 200;
const none: Favourites = { matches: [], teams: [] };

export function parseFavourites(text: string | undefined): Favourites {
  try {
    const { matches, teams } = JSON.parse(text ?? '{}') as Partial<Record<FavouriteKind, unknown>>;
    return { matches: names(matches), teams: names(teams) };
  } catch {
    return none;
  }
}

/** Returns the favourites with or without one; the oldest is dropped when there are too many. */
export function withFavourite(all: Favourites, kind: FavouriteKind, name: string, isOn: boolean): Favourites {
  const others = all[kind].filter((other) => other !== name);
  return { ...all, [kind]: isOn ? [...others, name].slice(-most) : others };
}

/** Returns the filter with which the server sends the goals of the favourites alone; undefined without favourites. */
export function filterOf({ matches, teams }: Favourites): FilterNode | undefined {
  const nodes: FilterNode[] = [];
  if (matches.length > 0) nodes.push({ key: 'match', cmp: 'in', vals: [...matches] });
  if (teams.length > 0)
    nodes.push({ key: 'home', cmp: 'in', vals: [...teams] }, { key: 'away', cmp: 'in', vals: [...teams] });
  return nodes.length === 0 ? undefined : { op: 'or', nodes };
}

export function isFavourite(
  { matches, teams }: Favourites,
  { id, home, away }: { id: string; home: string; away: string },
): boolean {
  return matches.includes(id) || teams.includes(home) || teams.includes(away);
}

function names(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string').slice(-most) : [];
}
