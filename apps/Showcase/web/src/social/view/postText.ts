import { richText } from '../../conversation/richText';
import { element } from '../../page/element';
import { tagPieces } from '../model/words';

/** Creates the nodes of a post's text. Texts are written by strangers: every piece is a text node or an anchor. */
export function postText(text: string): Node[] {
  return richText(text, [], '').flatMap((node) => node.nodeType === Node.TEXT_NODE ? withTags(node.textContent ?? '') : [node]);
}

function withTags(text: string): Node[] {
  return tagPieces(text).map(({ text: words, tag }) => tag === undefined
    ? document.createTextNode(words)
    : element('a', { href: `/social?tag=${encodeURIComponent(tag)}` }, words));
}
