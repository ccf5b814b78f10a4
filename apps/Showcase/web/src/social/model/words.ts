import type { Notification } from './messages';

/** Returns "Ada and 212 others liked your post". */
export function notificationWords({ kind, name, count = 1 }: Notification): string {
  const others = count - 1;
  const people = others < 1 ? name : `${name} and ${others === 1 ? '1 other' : `${others} others`}`;
  switch (kind) {
    case 'like': return `${people} liked your post`;
    case 'repost': return `${people} reposted your post`;
    case 'reply': return `${people} replied to your post`;
    default: return `${people} ${others < 1 ? 'follows' : 'follow'} you`;
  }
}

/** Returns "1 new post" or "12 new posts". */
export function newPosts(count: number): string {
  return count === 1 ? '1 new post' : `${count} new posts`;
}

/** Returns who else has a thread open: "Ada is here", "Ada and Tom are here", "3 others are here", or nothing. */
export function hereWords(names: readonly string[]): string {
  if (names.length > 2) return `${names.length} others are here`;
  return names.length === 0 ? '' : `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} here`;
}

/** A piece of a text: words, or a tag without its sign. */
export interface TagPiece {
  text: string;
  tag?: string;
}

const tagPattern = /(?<![\p{L}\p{N}_#&/])#([\p{L}\p{N}_]{2,30})(?![\p{L}\p{N}_])/gu;

/** Splits a text into words and tags, by the rule of the server. */
export function tagPieces(text: string): TagPiece[] {
  const pieces: TagPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(tagPattern)) {
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: match[0], tag: (match[1] as string).toLowerCase() });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
