const hues = [210, 262, 330, 8, 28, 150, 185, 290];

/** Returns the hue of a person's avatar. It derives from the user's id, which a user cannot choose. */
export function hueOf(user: string): number {
  let hash = 0;
  for (const character of user) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hues[hash % hues.length] ?? 0;
}

/** Returns one or two characters of a name: the first ones of its first two words. */
export function initialsOf(name: string): string {
  const words = name.split(/[^\p{L}\p{N}\p{Extended_Pictographic}]+/u).filter((word) => word !== '');
  return words.slice(0, 2).map((word) => [...word][0]?.toUpperCase()).join('') || '?';
}
