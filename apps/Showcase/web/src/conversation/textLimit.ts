const longestText = 2000;
const mostBytes = 6000;
// A text of more UTF-16 units is too large whatever it consists of, so its characters need no exact count.
const longestCounted = 20_000;
const shownFrom = 1800;

/** How a text relates to the limits of a message, which the server also applies. */
export interface TextLimit {
  isTooLong: boolean;
  /** The number of characters that are left or too many; empty while a text is far from the limit. */
  count: string;
  /** Why the text cannot be sent; otherwise empty. */
  problem: string;
}

/** Returns the number of characters as people count them: grapheme clusters, such as an emoji of four people. */
export function charactersOf(text: string): number {
  return [...new Intl.Segmenter().segment(text)].length;
}

export function limitOf(text: string): TextLimit {
  // A text has at least as many UTF-16 units as characters, and each takes at most three bytes.
  if (text.length < shownFrom) return { isTooLong: false, count: '', problem: '' };
  const left = longestText - (text.length > longestCounted ? text.length : charactersOf(text));
  const count = left > longestText - shownFrom ? '' : left >= 0 ? `${left} left` : `${-left} too many`;
  if (left < 0) return { isTooLong: true, count, problem: `Too long to send: a message has at most ${longestText} characters.` };
  const bytes = new TextEncoder().encode(text).length;
  const isTooLong = bytes > mostBytes;
  const problem = isTooLong ? `Too long to send: these characters take ${bytes} bytes, and a message has at most ${mostBytes}.` : '';
  return { isTooLong, count, problem };
}
