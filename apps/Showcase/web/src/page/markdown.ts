import { parser } from '@lezer/markdown';
import type { SyntaxNode } from '@lezer/common';
import { element } from './element';

const blocks: Record<string, keyof HTMLElementTagNameMap> = {
  ATXHeading1: 'h2',
  ATXHeading2: 'h3',
  ATXHeading3: 'h4',
  ATXHeading4: 'h5',
  ATXHeading5: 'h6',
  ATXHeading6: 'h6',
  SetextHeading1: 'h2',
  SetextHeading2: 'h3',
  Paragraph: 'p',
  Blockquote: 'blockquote',
  BulletList: 'ul',
  OrderedList: 'ol',
  ListItem: 'li',
  FencedCode: 'pre',
  CodeBlock: 'pre',
  InlineCode: 'code',
  Emphasis: 'em',
  StrongEmphasis: 'strong',
};

// Characters of the notation, which the result does not show.
const isMark = (name: string) => name.endsWith('Mark') || name === 'CodeInfo' || name === 'LinkTitle' || name === 'LinkLabel';
const maxDepth = 40;

/** Returns the elements of a Markdown text. Every text becomes a text node: nothing is parsed as HTML. */
export function markdown(text: string): Node[] {
  return childrenOf(parser.parse(text).topNode, text, 0);
}

function childrenOf(node: SyntaxNode, text: string, depth: number): Node[] {
  const made: Node[] = [];
  const isInline = node.name !== 'Document' && !/List$|ListItem|Blockquote/.test(node.name);
  let at = node.from;
  const plain = (to: number) => {
    if (isInline && to > at) made.push(document.createTextNode(text.slice(at, to)));
  };
  for (let child = node.firstChild; child; child = child.nextSibling) {
    plain(child.from);
    at = child.to;
    if (!isMark(child.name)) made.push(...nodesOf(child, text, depth + 1));
  }
  plain(node.to);
  return made;
}

function nodesOf(node: SyntaxNode, text: string, depth: number): Node[] {
  const source = text.slice(node.from, node.to);
  if (depth > maxDepth) return [document.createTextNode(source)];
  if (node.name === 'HorizontalRule') return [element('hr')];
  if (node.name === 'HardBreak') return [element('br')];
  if (node.name === 'Escape') return [document.createTextNode(source.slice(1))];
  if (node.name === 'Link' || node.name === 'Autolink') return [link(node, text, depth)];
  const tag = blocks[node.name];
  if (tag === undefined) return [document.createTextNode(source)];
  if (tag !== 'pre') return [element(tag, {}, ...trimmed(childrenOf(node, text, depth)))];
  const lines: string[] = [];
  for (const part of node.getChildren('CodeText')) lines.push(text.slice(part.from, part.to));
  return [element('pre', {}, element('code', {}, lines.join('')))];
}

function trimmed(nodes: Node[]): Node[] {
  const [first] = nodes;
  if (first instanceof Text) first.data = first.data.trimStart();
  return nodes;
}

function link(node: SyntaxNode, text: string, depth: number): Node {
  const url = node.getChild('URL');
  const target = url ? text.slice(url.from, url.to) : '';
  const label = node.name === 'Autolink'
    ? [document.createTextNode(target)]
    : childrenOf(node, text, depth).filter((child) => child.textContent !== target);
  if (!/^https?:\/\//i.test(target)) return element('span', {}, ...label);
  return element('a', { href: target, target: '_blank', rel: 'noopener noreferrer nofollow' }, ...label);
}
