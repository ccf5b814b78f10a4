import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { HighlightStyle, syntaxHighlighting, Language, defineLanguageFacet } from '@codemirror/language';
import { EditorState, type ChangeSet, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { parser } from '@lezer/markdown';

export const maxLength = 131_072;
const maxInserted = 30_000;
const maxSections = 200;

const markdown = new Language(defineLanguageFacet(), parser, [], 'markdown');

const look = HighlightStyle.define([
  { tag: tags.heading, class: 'pad-heading' },
  { tag: tags.strong, class: 'pad-strong' },
  { tag: tags.emphasis, class: 'pad-emphasis' },
  { tag: [tags.monospace, tags.url], class: 'pad-code' },
  { tag: [tags.quote, tags.processingInstruction, tags.contentSeparator], class: 'pad-quiet' },
]);

/** Returns the extensions of an editor. `refuse` is called with the reason when the server would refuse a change. */
export function padEditor(refuse: (sentence: string) => void): Extension {
  return [
    history(),
    keymap.of([...defaultKeymap, ...historyKeymap]),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'Text of the document', 'spellcheck': 'false' }),
    markdown.extension,
    syntaxHighlighting(look),
    EditorState.changeFilter.of((transaction) => {
      const sentence = problemOf(transaction.changes, transaction.startState.doc.length);
      if (sentence === undefined) return true;
      refuse(sentence);
      return false;
    }),
  ];
}

/** Returns why the server would refuse a change, or undefined. */
export function problemOf(changes: ChangeSet, lengthBefore: number): string | undefined {
  let inserted = 0;
  let sections = 0;
  let isWhole = true;
  changes.iterChanges((_fromA, _toA, fromB, toB, text) => {
    inserted += toB - fromB;
    sections += 2;
    isWhole &&= !/\p{Surrogate}/u.test(text.toString());
  }, true);
  if (inserted > maxInserted) return `One change inserts at most ${maxInserted} characters: paste the text in parts.`;
  if (sections >= maxSections) return 'This changes too many places at once: change fewer of them.';
  if (!isWhole) return 'The text contains a half of a character.';
  if (changes.newLength > maxLength && changes.newLength > lengthBefore)
    return `A document has at most ${maxLength} characters.`;
  return undefined;
}
