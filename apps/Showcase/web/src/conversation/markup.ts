/** A piece of a message's text. */
export type Piece
  = | { kind: 'text' | 'code' | 'block' | 'strong'; text: string }
    | { kind: 'link'; text: string; href: string }
    | { kind: 'mention'; text: string; isMe: boolean };

const fence = /```(?:[\w+#-]*\n)?([\s\S]*?)```\n?/g;
const inline
  = /`([^`\n]+)`|\*\*(?!\s)([^*\n]+)(?<!\s)\*\*|(https?:\/\/[^\s<>"'`]+)|(?<![\p{L}\p{N}_])@/gu;
const trailing = /[.,;:!?)\]}*]+$/;

/**
 * Splits a text into pieces: `code`, fenced blocks, **strong** text, links with http or https, and mentions of the
 * given names. Everything else remains as it was typed.
 */
export function piecesOf(text: string, names: readonly string[] = [], me = ''): Piece[] {
  const byLength = [...names].sort((left, right) => right.length - left.length);
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(fence)) {
    if (match[1]?.trim() === '') continue;
    pieces.push(...inlineOf(text.slice(from, match.index), byLength, me));
    pieces.push({ kind: 'block', text: (match[1] ?? '').replace(/\n$/, '') });
    from = match.index + match[0].length;
  }
  pieces.push(...inlineOf(text.slice(from), byLength, me));
  return pieces;
}

/** Returns whether a text mentions a name. */
export function mentions(text: string, name: string): boolean {
  return name !== '' && piecesOf(text, [name], name).some((piece) => piece.kind === 'mention');
}

function inlineOf(text: string, names: readonly string[], me: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  const add = (until: number, piece: Piece, length: number) => {
    if (until > from) pieces.push({ kind: 'text', text: text.slice(from, until) });
    pieces.push(piece);
    from = until + length;
  };
  for (const match of text.matchAll(inline)) {
    const [whole, code, strong, link] = match;
    if (match.index < from) continue;
    if (code !== undefined) add(match.index, { kind: 'code', text: code }, whole.length);
    else if (strong !== undefined) add(match.index, { kind: 'strong', text: strong }, whole.length);
    else if (link !== undefined) {
      const address = withoutTrailing(link);
      const href = addressOf(address);
      if (href !== undefined) add(match.index, { kind: 'link', text: address, href }, address.length);
    } else {
      const name = nameAt(text.slice(match.index + 1), names);
      if (name !== undefined) {
        const isMe = name.toLowerCase() === me.toLowerCase();
        add(match.index, { kind: 'mention', text: text.slice(match.index, match.index + 1 + name.length), isMe }, name.length + 1);
      }
    }
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) });
  return pieces;
}

// A full stop after an address ends the sentence; a bracket belongs to the address only where it was opened there.
function withoutTrailing(link: string): string {
  const end = trailing.exec(link)?.[0] ?? '';
  const kept = link.slice(0, link.length - end.length);
  return end.startsWith(')') && kept.split('(').length > kept.split(')').length ? `${kept})` : kept;
}

function addressOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).href : undefined;
}

function nameAt(text: string, names: readonly string[]): string | undefined {
  const lower = text.toLowerCase();
  return names.find((name) => lower.startsWith(name.toLowerCase()) && !/^[\p{L}\p{N}_]/u.test(text.slice(name.length)));
}
