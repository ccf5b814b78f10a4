/** The most characters of a message. */
export const longestMessage = 2000;

const bytesOfCharacter = 3;
// A text of more UTF-16 units is too large whatever it consists of, so its characters need no exact count.
const countedOfCharacter = 10;
const shownFrom = 0.9;

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

/** Applies the limits of a text that has at most `longest` characters. */
export function limitOf(text: string, longest = longestMessage): TextLimit {
  // A text has at least as many UTF-16 units as characters, and each takes at most three bytes.
  if (text.length < longest * shownFrom) return { isTooLong: false, count: '', problem: '' };
  const left = longest - (text.length > longest * countedOfCharacter ? text.length : charactersOf(text));
  const count = left > longest - longest * shownFrom ? '' : left >= 0 ? `${left} left` : `${-left} too many`;
  if (left < 0) return { isTooLong: true, count, problem: `Too long to send: a message has at most ${longest} characters.` };
  const mostBytes = longest * bytesOfCharacter;
  const bytes = new TextEncoder().encode(text).length;
  const isTooLong = bytes > mostBytes;
  const problem = isTooLong ? `Too long to send: these characters take ${bytes} bytes, and a message has at most ${mostBytes}.` : '';
  return { isTooLong, count, problem };
}
