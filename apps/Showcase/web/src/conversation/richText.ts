import { element } from '../page/element';
import { type Piece, piecesOf } from './markup';

/** Creates the nodes of a message's text. Texts are written by strangers: every piece is a text node or an anchor. */
export function richText(text: string, names: readonly string[], me: string): Node[] {
  return piecesOf(text, names, me).map(nodeOf);
}

function nodeOf(piece: Piece): Node {
  switch (piece.kind) {
    case 'code':
      return element('code', {}, piece.text);
    case 'block':
      return element('pre', { tabindex: 0 }, element('code', {}, piece.text));
    case 'strong':
      return element('strong', {}, piece.text);
    case 'link':
      return element('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text);
    case 'mention':
      return element('span', { class: piece.isMe ? 'mention me-mentioned' : 'mention' }, piece.text);
    default:
      return document.createTextNode(piece.text);
  }
}
